package dev.stint.local.demo;

import dev.stint.local.process.Complaint;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The regular files under a folder, links not followed.
 *
 * @param unreadable what is there but cannot be read
 */
public record FolderFiles(List<Path> readable, List<Path> unreadable) {
  /**
   * @throws Complaint if it is no folder, or has no file that can be read
   */
  public static FolderFiles under(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Complaint(folder + " is not a folder");
    }
    var found = new FolderFiles(new ArrayList<>(), new ArrayList<>());
    try {
      Files.walkFileTree(folder.toAbsolutePath().normalize(), found.collector());
    } catch (IOException e) {
      throw new Complaint("cannot read " + folder, e);
    }
    if (found.readable.isEmpty()) {
      throw new Complaint(
          found.unreadable.isEmpty()
              ? "there is no file under " + folder
              : "nothing under " + folder + " can be read");
    }
    return found;
  }

  private SimpleFileVisitor<Path> collector() {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
          (Files.isReadable(file) ? readable : unreadable).add(file);
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        unreadable.add(file);
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
