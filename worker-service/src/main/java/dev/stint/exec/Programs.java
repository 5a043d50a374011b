package dev.stint.exec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Looks programs up as execvp(3) does. */
public final class Programs {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private Programs() {}

  /** The program's file: the name itself if it has a slash, else the first on PATH. */
  public static Optional<String> find(String name) {
    if (name.contains("/")) {
      return Optional.of(name).filter(file -> Files.isExecutable(Path.of(file)));
    }
    var path = System.getenv().getOrDefault("PATH", DEFAULT_PATH);
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
        .map(Path::toString)
        .findFirst();
  }
}
