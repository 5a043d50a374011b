package dev.stint.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.catalogue.Catalogue;
import dev.stint.job.RetryPolicy;
import dev.stint.task.HandlerSpec;
import dev.stint.task.Task;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as the API shows it: what one has to know to use it. Not how it is run, which may hold
 * secrets.
 *
 * @param handler exec, http or bean
 * @param queues the first is the default
 * @param params JSON Schema 2020-12; empty takes any object
 * @param limit how many may run at once in one worker
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskView(
    String name,
    String description,
    String handler,
    List<String> queues,
    JsonNode params,
    Duration timeout,
    RetryPolicy retry,
    @Nullable Integer limit) {

  static TaskView of(Task task, Catalogue catalogue) {
    return new TaskView(
        task.name(),
        task.description(),
        kind(task.handler()),
        task.queues(),
        catalogue.params(task.name()).source(),
        task.timeout(),
        task.retry(),
        task.limit());
  }

  private static String kind(HandlerSpec handler) {
    return switch (handler) {
      case HandlerSpec.Exec _ -> "exec";
      case HandlerSpec.Http _ -> "http";
      case HandlerSpec.Bean _ -> "bean";
    };
  }
}
