package dev.stint.local.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * How to start a process, and how to treat it: all that is needed to start it again.
 *
 * @param name of its log and pid file, unique within a folder
 * @param env variables it gets beside those of this process
 * @param ready asks whether it can do its work yet; false as long as it cannot be reached
 * @param grace how long it may take to end after SIGTERM, before SIGKILL
 */
public record Launch(
    String name,
    Stage stage,
    List<String> command,
    Map<String, String> env,
    BooleanSupplier ready,
    Duration grace) {
  public Launch {
    command = List.copyOf(command);
    env = Map.copyOf(env);
  }

  /** The same with more variables. */
  public Launch with(Map<String, String> more) {
    var all = new HashMap<>(env);
    all.putAll(more);
    return new Launch(name, stage, command, all, ready, grace);
  }
}
