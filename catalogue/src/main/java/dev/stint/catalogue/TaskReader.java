package dev.stint.catalogue;

import dev.stint.json.Json;
import dev.stint.lane.Lane;
import dev.stint.task.Task;
import dev.stint.worker.SlotLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one task of the catalogue. */
final class TaskReader {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(30);

  private final String name;
  private final Section section;
  private final Set<String> allowedQueues;

  /**
   * @param allowedQueues those it may name; empty: any
   */
  TaskReader(String name, Section section, Set<String> allowedQueues) {
    this.name = name;
    this.section = section;
    this.allowedQueues = allowedQueues;
  }

  CatalogueTask read() {
    section.allowOnly(
        "description", "queues", "exec", "http", "bean", "params", "timeout", "retry", "limit");
    if (!Lane.NAME.matcher(name).matches()) {
      section.problem("a task's name must match " + Lane.NAME);
    }
    String description = section.text("description");
    ParamsSchema params = params();
    var task =
        new Task(
            name,
            description == null ? "" : description,
            queues(),
            new HandlerReader(section, params).read(),
            section.has("params") ? Json.write(params.source()) : null,
            timeout(),
            new RetryReader(section.section("retry")).read(),
            limit());
    return new CatalogueTask(task, params);
  }

  private List<String> queues() {
    List<String> queues = section.texts("queues");
    for (String queue : queues) {
      if (!Lane.NAME.matcher(queue).matches()) {
        section.problem("queues", "\"" + queue + "\" must match " + Lane.NAME);
      } else if (!allowedQueues.isEmpty() && !allowedQueues.contains(queue)) {
        section.problem(
            "queues", "no queue " + queue + "; known: " + String.join(", ", allowedQueues));
      }
    }
    return queues.isEmpty() ? List.of(Lane.DEFAULT_QUEUE) : queues.stream().distinct().toList();
  }

  private ParamsSchema params() {
    Yaml value = section.value("params");
    if (value == null) {
      return ParamsSchema.ANY_OBJECT;
    }
    try {
      return ParamsSchema.compile(Json.MAPPER.valueToTree(value.value()));
    } catch (IllegalArgumentException e) {
      section.problem("params", String.valueOf(e.getMessage()));
      return ParamsSchema.ANY_OBJECT;
    }
  }

  private Duration timeout() {
    Duration timeout = section.duration("timeout", DEFAULT_TIMEOUT);
    if (timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      section.problem("timeout", "must be more than 0 and at most " + LONGEST.toDays() + "d");
      return DEFAULT_TIMEOUT;
    }
    return timeout;
  }

  private @Nullable Integer limit() {
    return section.integer("limit", 1, SlotLimits.MOST_SLOTS);
  }
}
