package dev.stint.local.engine;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * The Redis server to run: one that is installed, Redis or Valkey, if it is new enough; else the
 * one that the embedded-redis library carries for this system.
 */
public final class RedisProgram {
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");

  private RedisProgram() {}

  /**
   * @param folder where the embedded one is unpacked, if that is needed
   * @throws Complaint if there is none for this system
   */
  public static Path find(Path folder) {
    return Stream.of("redis-server", "valkey-server")
        .map(Launcher::onPath)
        .flatMap(Optional::stream)
        .filter(program -> isNewEnough(version(program)))
        .findFirst()
        .orElseGet(() -> embedded(folder));
  }

  /** Stint's scripts use what Redis 6.2 has. */
  static boolean isNewEnough(String version) {
    Matcher found = VERSION.matcher(version);
    if (!found.find()) {
      return false;
    }
    int major = Integer.parseInt(found.group(1));
    return major > 6 || major == 6 && Integer.parseInt(found.group(2)) >= 2;
  }

  private static String version(Path program) {
    try {
      return run(program);
    } catch (IOException e) {
      return "";
    }
  }

  private static Path embedded(Path folder) {
    try {
      Files.createDirectories(folder);
      Path program = ExecutableProvider.newJarResourceProvider(folder::toFile).get().toPath();
      if (!isNewEnough(run(program))) {
        throw new Complaint(
            "the embedded Redis does not run on this system ("
                + run(program).strip()
                + "); install redis-server or valkey-server (6.2 or newer), or set REDIS_URL");
      }
      return program;
    } catch (IOException | RuntimeException e) {
      if (e instanceof Complaint complaint) {
        throw complaint;
      }
      throw new Complaint(
          "no embedded Redis for this system; install redis-server or valkey-server (6.2 or newer),"
              + " or set REDIS_URL",
          e);
    }
  }

  private static String run(Path program) throws IOException {
    Process process =
        new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes());
  }
}
