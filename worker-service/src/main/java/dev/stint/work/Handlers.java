package dev.stint.work;

import dev.stint.handler.JobHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The handlers of this worker, by task. */
public final class Handlers {
  private final Map<String, JobHandler> byTask;

  public Handlers(Map<String, JobHandler> byTask) {
    this.byTask = Map.copyOf(byTask);
  }

  Optional<JobHandler> of(String task) {
    return Optional.ofNullable(byTask.get(task));
  }

  public Set<String> tasks() {
    return byTask.keySet();
  }
}
