package dev.stint.local.service;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs a service: its native binary, if that was built and is not older than the jar; else the
 * jar.
 *
 * @param command the start of its command line; arguments follow
 * @param mode {@code native} or {@code jvm}
 */
public record ServiceProgram(List<String> command, String mode) {
  private static final int HEAP = 512;

  public ServiceProgram {
    command = List.copyOf(command);
  }

  /**
   * @param home the checkout
   * @param module the service's module
   * @throws Complaint if it has not been built
   */
  public static ServiceProgram find(Path home, String module) {
    Optional<Path> binary = binary(home, module);
    if (binary.isPresent() && !isNewer(jar(home, module), binary.get())) {
      return natively(home, module);
    }
    return onJvm(home, module);
  }

  /**
   * The native binary, whether or not it is older than the jar.
   *
   * @throws Complaint if it has not been built
   */
  public static ServiceProgram natively(Path home, String module) {
    Path binary =
        binary(home, module)
            .orElseThrow(() ->
                new Complaint(
                    module
                        + " has no native binary: there is no "
                        + home.resolve(module).resolve("target/*-runner")));
    // As JavaCommand has it for the jar: what is out of memory ends.
    return new ServiceProgram(List.of(binary.toString(), "-XX:+ExitOnOutOfMemoryError"), "native");
  }

  /**
   * The jar, whether or not there is a native binary.
   *
   * @throws Complaint if it has not been built
   */
  public static ServiceProgram onJvm(Path home, String module) {
    Path jar = jar(home, module);
    if (!Files.exists(jar)) {
      throw new Complaint(module + " is not built: there is no " + jar);
    }
    return new ServiceProgram(JavaCommand.of(HEAP, List.of("-jar", jar.toString())), "jvm");
  }

  /** Each way to run it that has been built. */
  public static List<ServiceProgram> all(Path home, String module) {
    var all = new ArrayList<ServiceProgram>();
    if (Files.exists(jar(home, module))) {
      all.add(onJvm(home, module));
    }
    if (binary(home, module).isPresent()) {
      all.add(natively(home, module));
    }
    return all;
  }

  private static Path jar(Path home, String module) {
    return home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  private static Optional<Path> binary(Path home, String module) {
    try (Stream<Path> files = Files.list(home.resolve(module).resolve("target"))) {
      return files
          .filter(f -> f.toString().endsWith("-runner"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isNewer(Path file, Path than) {
    return time(file).compareTo(time(than)) > 0;
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
