package dev.stint.start;

import dev.stint.amqp.BrokerSettings;
import dev.stint.amqp.ChannelConfig;
import dev.stint.catalogue.Catalogue;
import dev.stint.catalogue.CatalogueException;
import dev.stint.exec.ExecHandler;
import dev.stint.exec.Programs;
import dev.stint.handler.JobHandler;
import dev.stint.http.HttpHandler;
import dev.stint.http.SharedClient;
import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.lane.Lane;
import dev.stint.pod.Pod;
import dev.stint.redis.RedisSettings;
import dev.stint.task.HandlerSpec;
import dev.stint.task.Task;
import dev.stint.work.Handlers;
import dev.stint.worker.SlotLimits;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is to be, read from its settings and its catalogue. Everything that is wrong is
 * found before anything is started.
 */
@Singleton
final class Setup {
  private final WorkerSettings settings;
  private final Config config;
  private final Instance<JobHandler> beans;

  /** One client for all tasks: its connections are shared. */
  private final SharedClient client = new SharedClient();

  Setup(WorkerSettings settings, Config config, @Any Instance<JobHandler> beans) {
    this.settings = settings;
    this.config = config;
    this.beans = beans;
  }

  /**
   * A worker that can be started.
   *
   * @param pod what the cluster is told of, if it is to be
   * @param warnings what is not wrong for this worker, but worth a line
   */
  record Plan(
      SlotLimits limits,
      List<Lane> lanes,
      Handlers handlers,
      RedisSettings redis,
      BrokerSettings broker,
      Optional<Pod> pod,
      List<String> warnings) {}

  /**
   * @throws SetupException with everything that is wrong
   */
  Plan plan() {
    var problems = new ArrayList<String>();
    var warnings = new ArrayList<String>();
    var catalogue = catalogue(problems);
    var tasks = catalogue == null ? List.<Task>of() : catalogue.tasks();
    var handlers = handlers(tasks, warnings);
    var lanes = lanes(tasks, handlers.keySet(), problems);
    var limits = attempt("", () -> limits(tasks), problems);
    var retention = attempt("stint.retention: ", this::retention, problems);
    var partitions =
        attempt("stint.partitions: ", () -> new Partitions(settings.partitions()), problems);
    var redis =
        retention == null || partitions == null
            ? null
            : attempt("stint.redis: ", () -> redis(partitions, retention), problems);
    var broker = attempt("stint.broker: ", this::broker, problems);
    var pod = attempt("stint.kubernetes.", () -> pod(warnings), problems);
    if (!problems.isEmpty() || limits == null || redis == null || broker == null || pod == null) {
      throw new SetupException(problems);
    }
    return new Plan(limits, lanes, new Handlers(handlers), redis, broker, pod, warnings);
  }

  private @Nullable Catalogue catalogue(List<String> problems) {
    var file = settings.config().orElse(null);
    if (file == null) {
      problems.add("no catalogue: give --config FILE, or set STINT_CONFIG");
      return null;
    }
    try {
      return Catalogue.load(
          Path.of(file), name -> config.getOptionalValue(name, String.class).orElse(null));
    } catch (CatalogueException e) {
      e.problems().forEach(problem -> problems.add(file + ": " + problem));
      return null;
    }
  }

  private Map<String, JobHandler> handlers(List<Task> tasks, List<String> warnings) {
    var handlers = new HashMap<String, JobHandler>();
    for (var task : tasks) {
      handler(task, warnings).ifPresent(handler -> handlers.put(task.name(), handler));
    }
    return handlers;
  }

  /** Empty if this worker cannot run the task; another one, with other beans, may. */
  private Optional<JobHandler> handler(Task task, List<String> warnings) {
    int most = settings.result().maxSize();
    return switch (task.handler()) {
      case HandlerSpec.Exec exec -> {
        var program = exec.argv().getFirst();
        if (!program.contains("{") && Programs.find(program).isEmpty()) {
          warnings.add("tasks." + task.name() + ".exec: no program " + program + " here");
        }
        yield Optional.of(new ExecHandler(exec, most));
      }
      case HandlerSpec.Http http ->
          Optional.of(new HttpHandler(http, most, client::get, InstantSource.system()));
      case HandlerSpec.Bean(var name) -> {
        var bean = beans.select(Identifier.Literal.of(name));
        if (!bean.isResolvable()) {
          warnings.add(
              "tasks."
                  + task.name()
                  + ".bean: no JobHandler @Identifier(\""
                  + name
                  + "\") in this worker, so it does not listen for "
                  + task.name());
          yield Optional.empty();
        }
        yield Optional.of(bean.get());
      }
    };
  }

  private List<Lane> lanes(List<Task> tasks, Set<String> runnable, List<String> problems) {
    var wanted = settings.worker().queues();
    var known = tasks.stream().flatMap(task -> task.queues().stream()).distinct().toList();
    wanted.ifPresent(queues ->
        queues.stream()
            .filter(queue -> !tasks.isEmpty() && !known.contains(queue))
            .forEach(
                queue -> problems.add("queues: no task has queue " + queue + "; known: " + known)));
    return tasks.stream()
        .filter(task -> runnable.contains(task.name()))
        .flatMap(task -> task.lanes().stream())
        .filter(lane -> wanted.isEmpty() || wanted.get().contains(lane.queue()))
        .toList();
  }

  private SlotLimits limits(List<Task> tasks) {
    var perTask = new LinkedHashMap<String, Integer>();
    tasks.stream()
        .filter(task -> task.limit() != null)
        .forEach(task -> perTask.put(task.name(), task.limit()));
    var known = tasks.stream().map(Task::name).toList();
    settings
        .worker()
        .limit()
        .forEach((task, limit) -> {
          if (!known.isEmpty() && !known.contains(task)) {
            throw new IllegalArgumentException(
                "limit: no task " + task + " in the catalogue; known: " + known);
          }
          perTask.put(task, limit);
        });
    return new SlotLimits(settings.worker().slots(), perTask);
  }

  private Retention retention() {
    var kept = settings.retention();
    return new Retention(kept.succeeded(), kept.failed(), kept.cancelled());
  }

  private RedisSettings redis(Partitions partitions, Retention retention) {
    return new RedisSettings(
        settings.redis().url(),
        settings.redis().connections(),
        partitions,
        retention,
        RedisSettings.DEFAULT_TIME_LIMIT);
  }

  private BrokerSettings broker() {
    var broker = settings.broker();
    var attributes = new HashMap<>(Map.of("url", broker.url(), "kind", broker.kind()));
    broker.caFile().ifPresent(file -> attributes.put("ca-file", file));
    return BrokerSettings.of(ChannelConfig.of(attributes));
  }

  private Optional<Pod> pod(List<String> warnings) {
    return new PodSetup(
            settings.kubernetes(), name -> config.getOptionalValue(name, String.class), warnings)
        .pod();
  }

  /**
   * @param setting what a bad value's rule is said of, if the rule does not name it
   */
  private static <T> @Nullable T attempt(
      String setting, Reading<T> reading, List<String> problems) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      problems.add(setting + e.getMessage());
      return null;
    }
  }

  private interface Reading<T> {
    T read();
  }
}
