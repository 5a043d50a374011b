package dev.stint.exec;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command with all the processes it made. It is started through {@code setsid}, so that it leads
 * a session of its own; its members are found in {@code /proc} (field 6 of {@code stat}, see
 * proc(5)). Where there is no {@code setsid} or no {@code /proc}, its members are its descendants,
 * which leaves out those whose parent has ended.
 */
final class ProcessGroup {
  private static final Path PROC = Path.of("/proc");

  private final Process leader;
  private final boolean ownSession;
  private boolean gone;

  private ProcessGroup(Process leader, boolean ownSession) {
    this.leader = leader;
    this.ownSession = ownSession;
  }

  /** Starts a command as leader of its own session, where that is possible. */
  static ProcessGroup start(ProcessBuilder builder) throws IOException {
    // Looked up each time, not when the class is made: that may be on the machine of a native
    // build.
    var setsid = Programs.find("setsid");
    if (setsid.isPresent()) {
      var line = new ArrayList<>(List.of(setsid.get()));
      line.addAll(builder.command());
      builder.command(line);
    }
    return new ProcessGroup(builder.start(), setsid.isPresent());
  }

  /** The command itself. */
  Process leader() {
    return leader;
  }

  /** Asks all members to end (SIGTERM). */
  void terminate() {
    // The leader by itself, too: it may not have come to have its session yet.
    leader.toHandle().destroy();
    members().forEach(ProcessHandle::destroy);
  }

  /** Ends all members (SIGKILL), and those they started meanwhile. */
  void kill() {
    if (gone) {
      return;
    }
    // By its handle: Process.destroyForcibly would also close the pipes that hold its output.
    leader.toHandle().destroyForcibly();
    // A member may fork while the others are killed; a killed one cannot, so this comes to an end.
    List<ProcessHandle> left = members();
    while (!left.isEmpty()) {
      left.forEach(ProcessHandle::destroyForcibly);
      left = members();
      Thread.onSpinWait();
    }
    gone = true;
  }

  private List<ProcessHandle> members() {
    if (!ownSession || !Files.isDirectory(PROC)) {
      return Stream.concat(leader.descendants(), Stream.of(leader.toHandle()))
          .filter(ProcessHandle::isAlive)
          .toList();
    }
    var found = new ArrayList<ProcessHandle>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (isMember(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      leader.descendants().forEach(found::add);
    }
    return found;
  }

  /** Whether it lives (zombies do not) in the leader's session. */
  private boolean isMember(Path process) {
    try {
      var stat = Files.readString(process.resolve("stat"));
      // The second field is the program's name in brackets, and may hold anything.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return !fields[0].equals("Z") && Long.parseLong(fields[3]) == leader.pid();
    } catch (IOException ended) {
      return false;
    }
  }
}
