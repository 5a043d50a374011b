package dev.stint.local.fleet.engine;

import dev.stint.local.process.Launch;
import java.util.ArrayList;
import java.util.List;

/**
 * Java processes that live for one test: they mostly start, which takes a third less processor time
 * without the compiler that makes long runs fast.
 */
public final class ShortLived {
  private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  private ShortLived() {}

  /**
   * @param java a command line that begins with the path of Java
   */
  public static List<String> command(List<String> java) {
    var command = new ArrayList<>(java);
    command.add(1, FIRST_COMPILER_ONLY);
    return List.copyOf(command);
  }

  static Launch launch(Launch java) {
    return new Launch(
        java.name(), java.stage(), command(java.command()), java.env(), java.ready(), java.grace());
  }
}
