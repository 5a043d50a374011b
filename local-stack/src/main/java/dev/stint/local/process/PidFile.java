package dev.stint.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, written down so that a later run finds it. A pid alone may belong to another process
 * by then; together with the start time it does not.
 */
record PidFile(long pid, Instant startedAt, Stage stage) {
  /** The system derives start times from its clock, which may have been set a little since. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  /** How long a process that an earlier run left behind gets to end. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  static PidFile of(Process process, Stage stage) {
    return new PidFile(process.pid(), process.info().startInstant().orElse(Instant.EPOCH), stage);
  }

  void write(Path file) throws IOException {
    Files.writeString(file, pid + " " + startedAt + " " + stage + "\n");
  }

  /** What the file says; empty if it was cut off or is none of ours. */
  static Optional<PidFile> read(Path file) throws IOException {
    String[] words = Files.readString(file).strip().split(" ");
    if (words.length != 3) {
      return Optional.empty();
    }
    return Optional.of(
        new PidFile(Long.parseLong(words[0]), Instant.parse(words[1]), Stage.valueOf(words[2])));
  }

  /** The process, if it is still the one that was written down. */
  Optional<Stopping.Stoppable> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().filter(this::isStart).isPresent())
        .map(handle -> new Stopping.Stoppable(stage, GRACE, handle));
  }

  private boolean isStart(Instant instant) {
    return Duration.between(startedAt, instant).abs().compareTo(TOLERANCE) <= 0;
  }
}
