package dev.stint.local.fleet;

import dev.stint.local.process.Complaint;
import dev.stint.local.service.ServiceProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * examples/custom-worker as a program. It is built as a user would, with Stint's jars in a Maven
 * repository of its own, so that nothing is installed on this machine; once for all tests of a
 * build.
 */
final class CustomWorker {
  private static final Path HOME = Path.of(System.getProperty("project.root"));
  private static final Path EXAMPLE = HOME.resolve("examples/custom-worker");
  private static final Path FOLDER = HOME.resolve("local-stack/target/custom-worker");
  private static final Path REPOSITORY = FOLDER.resolve("repository");
  private static final String VERSION = System.getProperty("project.version");
  private static final List<String> MODULES =
      List.of(
          "shared-model",
          "model-json",
          "catalogue",
          "store-redis",
          "broker-amqp",
          "worker-service");

  static final Path CATALOGUE = EXAMPLE.resolve("stint.yaml");

  private CustomWorker() {}

  /** The example, in the mode in which the tests run. */
  static ServiceProgram build() throws Exception {
    if (builtAt().isBefore(changedAt())) {
      copy(EXAMPLE, FOLDER.resolve("project"));
      installStint();
      runMaven();
    }
    return program();
  }

  private static ServiceProgram program() {
    return Services.program(FOLDER, "project");
  }

  private static Instant builtAt() throws IOException {
    try {
      return modifiedAt(Path.of(program().command().getLast()));
    } catch (Complaint notBuilt) {
      return Instant.MIN;
    }
  }

  private static Instant changedAt() throws IOException {
    var newest = Instant.MIN;
    for (var module : MODULES) {
      newest = later(newest, modifiedAt(jar(module)));
    }
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        newest = later(newest, modifiedAt(file));
      }
    }
    return newest;
  }

  /** As {@code mvn install} does it. */
  private static void installStint() throws IOException {
    install("stint-parent", HOME.resolve("pom.xml"), "pom");
    for (var module : MODULES) {
      install(module, HOME.resolve(module).resolve("pom.xml"), "pom");
      install(module, jar(module), "jar");
    }
  }

  private static void install(String artifact, Path file, String type) throws IOException {
    var folder = REPOSITORY.resolve("dev/stint").resolve(artifact).resolve(VERSION);
    Files.createDirectories(folder);
    Files.copy(
        file,
        folder.resolve(artifact + "-" + VERSION + "." + type),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void runMaven() throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                // A native build takes all processors for minutes, and other tests run beside it.
                "nice",
                HOME.resolve("mvnw").toString(),
                "-B",
                "-q",
                "package",
                "-Dmaven.repo.local=" + REPOSITORY,
                // What this build's Maven has got already.
                "-Dmaven.repo.local.tail=" + System.getProperty("localRepository")));
    if (Services.isNative()) {
      command.add("-Dnative");
      command.add("-Dquarkus.native.additional-build-args-append=-Ob");
    }
    var builder =
        new ProcessBuilder(command)
            .directory(FOLDER.resolve("project").toFile())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var maven = builder.start();
    try (var output = maven.getInputStream()) {
      var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (maven.waitFor() != 0) {
        throw new AssertionError("the example is not built:\n" + text);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (var file : files.toList()) {
        var target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static Path jar(String module) {
    return HOME.resolve(module).resolve("target/" + module + "-" + VERSION + ".jar");
  }

  private static Instant modifiedAt(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
