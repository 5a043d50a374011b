package dev.stint.catalogue;

import dev.stint.lane.Lane;
import dev.stint.task.Task;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks and queues there are: the {@code queues} and {@code tasks} sections of stint.yaml.
 * Its other sections belong to others and are not looked at. Immutable.
 */
public final class Catalogue {
  private final Map<String, CatalogueTask> tasks;
  private final Set<String> queues;

  private Catalogue(Map<String, CatalogueTask> tasks, Set<String> queues) {
    this.tasks = Collections.unmodifiableMap(tasks);
    this.queues = Collections.unmodifiableSet(queues);
  }

  /**
   * Reads a file.
   *
   * @param lookup the value of a variable that stands in the file as {@code ${NAME}}; null if there
   *     is none
   * @throws CatalogueException with everything that is wrong in it
   */
  public static Catalogue load(Path file, Function<String, @Nullable String> lookup) {
    try {
      return parse(file.toString(), Files.readString(file), lookup);
    } catch (IOException e) {
      String why =
          switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case MalformedInputException _ -> "is not UTF-8";
            default -> "cannot be read: " + e;
          };
      throw new CatalogueException(file.toString(), List.of(new CatalogueProblem("", 0, why)));
    }
  }

  /**
   * Reads a text.
   *
   * @param source its name in messages
   * @throws CatalogueException with everything that is wrong in it
   */
  public static Catalogue parse(
      String source, String text, Function<String, @Nullable String> lookup) {
    var problems = new Problems();
    var yaml = new YamlReader(new Variables(lookup), problems);
    var root = new Section("", yaml.read(text, List.of("queues", "tasks")), problems);
    // Text that is no YAML at all has no other problems worth telling.
    problems.throwIfAny(source);
    Set<String> queues = queues(root);
    Map<String, CatalogueTask> tasks = tasks(root, queues, problems);
    tasks.values().forEach(task -> queues.addAll(task.task().queues()));
    problems.throwIfAny(source);
    return new Catalogue(tasks, queues);
  }

  /** By name, in the order of the file. */
  public List<Task> tasks() {
    return tasks.values().stream().map(CatalogueTask::task).toList();
  }

  public Optional<Task> task(String name) {
    return Optional.ofNullable(tasks.get(name)).map(CatalogueTask::task);
  }

  /** The names of the tasks, in the order of the file. */
  public Set<String> taskNames() {
    return tasks.keySet();
  }

  /**
   * What the params of a task must be.
   *
   * @throws IllegalArgumentException if the catalogue has no such task
   */
  public ParamsSchema params(String task) {
    CatalogueTask found = tasks.get(task);
    if (found == null) {
      throw new IllegalArgumentException("no task " + task);
    }
    return found.params();
  }

  /** The names of the queues; {@code default} is always there. */
  public Set<String> queues() {
    return queues;
  }

  /** Every task in each of its queues. */
  public List<Lane> lanes() {
    return tasks().stream().flatMap(task -> task.lanes().stream()).toList();
  }

  private static Set<String> queues(Section root) {
    var queues = new LinkedHashSet<>(List.of(Lane.DEFAULT_QUEUE));
    for (String queue : root.texts("queues")) {
      if (!Lane.NAME.matcher(queue).matches()) {
        root.problem("queues", "\"" + queue + "\" must match " + Lane.NAME);
      }
      queues.add(queue);
    }
    return queues;
  }

  /** Tasks may name only the listed queues; without a list, they are the list. */
  private static Map<String, CatalogueTask> tasks(
      Section root, Set<String> queues, Problems problems) {
    Set<String> allowed = root.has("queues") ? queues : Set.of();
    Section section = root.section("tasks");
    var tasks = new LinkedHashMap<String, CatalogueTask>();
    for (String name : section.keys()) {
      Yaml value = section.value(name);
      if (value == null) {
        section.problem(name, "needs one of exec, http, bean");
      } else {
        var task = new Section(section.at(name), value, problems);
        tasks.put(name, new TaskReader(name, task, allowed).read());
      }
    }
    if (section.keys().isEmpty()) {
      root.problem("tasks", "must hold at least one task");
    }
    return tasks;
  }
}
