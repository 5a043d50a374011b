package dev.stint.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/**
 * The server that tests run on: the embedded one, or the program that the system property or
 * variable {@value #SETTING} names.
 */
final class RedisBinary {
  static final String SETTING = "STINT_TEST_REDIS_SERVER";

  private RedisBinary() {}

  /**
   * The path of the program.
   *
   * @param folder for the embedded one, if it is not there yet
   */
  static Path in(Path folder) {
    return Optional.ofNullable(System.getProperty(SETTING))
        .or(() -> Optional.ofNullable(System.getenv(SETTING)))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> embedded(folder));
  }

  private static Path embedded(Path folder) {
    try {
      var program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
      program.setExecutable(true);
      return program.toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
