package dev.stint.local.containers;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment variables that a service reads, by the mapping that it reads them with. */
final class Settings {
  private Settings() {}

  /**
   * @param module with its classes built
   * @param mapping the interface with the prefix {@code stint}
   */
  static Set<String> of(Path module, String mapping) throws IOException, ClassNotFoundException {
    var classes = new URL[] {module.resolve("target/classes").toUri().toURL()};
    try (var loader = new URLClassLoader(classes, null)) {
      return names("STINT", loader.loadClass(mapping)).collect(Collectors.toSet());
    }
  }

  private static Stream<String> names(String prefix, Class<?> group) {
    return Arrays.stream(group.getMethods())
        .flatMap(method -> {
          String name = prefix + "_" + variable(method.getName());
          boolean nested = method.getReturnType().getEnclosingClass() == outermost(group);
          return nested ? names(name, method.getReturnType()) : Stream.of(name);
        });
  }

  private static Class<?> outermost(Class<?> group) {
    return Optional.<Class<?>>ofNullable(group.getEnclosingClass()).orElse(group);
  }

  /** {@code drainTimeout} is the setting drain-timeout, and the variable DRAIN_TIMEOUT. */
  private static String variable(String method) {
    return method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }
}
