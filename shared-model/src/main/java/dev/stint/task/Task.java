package dev.stint.task;

import dev.stint.job.RetryPolicy;
import dev.stint.lane.Lane;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named kind of work.
 *
 * @param queues where its jobs may be sent, the first by default; at least one
 * @param schema JSON Schema 2020-12 of the params, as JSON text; null takes any object
 * @param timeout of each attempt
 * @param limit how many may run at once in one worker; null for no other limit than the slots
 */
public record Task(
    String name,
    String description,
    List<String> queues,
    HandlerSpec handler,
    @Nullable String schema,
    Duration timeout,
    RetryPolicy retry,
    @Nullable Integer limit) {
  public Task {
    queues = List.copyOf(queues);
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("queues must not be empty");
    }
  }

  public List<Lane> lanes() {
    return queues.stream().map(queue -> new Lane(queue, name)).toList();
  }
}
