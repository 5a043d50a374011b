package dev.stint.local.stack;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Ports;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a stack keeps everything: {@code redis/}, {@code broker/}, {@code logs/}, {@code run/} (pid
 * files, ports). One process has it at a time, by a file lock that ends with the process.
 */
public final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * @throws Complaint if another process has it, or it cannot be made
   */
  public static DataFolder lock(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path.resolve("run"));
      Files.createDirectories(path.resolve("redis"));
      Files.createDirectories(path.resolve("broker"));
      return new DataFolder(path, locked(path));
    } catch (IOException e) {
      throw new Complaint("cannot use the data folder " + path, e);
    }
  }

  public Path path() {
    return path;
  }

  public Path redis() {
    return path.resolve("redis");
  }

  public Path broker() {
    return path.resolve("broker");
  }

  public Path programs() {
    return path.resolve("bin");
  }

  public Ports ports() {
    return new Ports(path.resolve("run"));
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new Complaint("cannot release the data folder " + path, e);
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    Path file = folder.resolve("run/lock");
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      String owner = Files.readString(file).strip();
      channel.close();
      throw new Complaint(
          "the data folder "
              + folder
              + " is in use by process "
              + owner
              + "; stop that one, or give another folder with --data");
    }
    channel.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(pid));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }
}
