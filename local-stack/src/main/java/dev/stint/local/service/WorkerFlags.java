package dev.stint.local.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How workers are started.
 *
 * @param drainTimeout how long running jobs get to end after SIGTERM
 * @param more further flags, as typed
 */
public record WorkerFlags(int slots, Duration drainTimeout, List<String> more) {
  public WorkerFlags {
    more = List.copyOf(more);
  }

  List<String> arguments(String name) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--name", name,
                "--slots", Integer.toString(slots),
                "--drain-timeout", drainTimeout.toString()));
    arguments.addAll(more);
    return arguments;
  }
}
