package dev.stint.lane;

import java.util.regex.Pattern;

/**
 * One broker queue: a task's jobs in one named queue. The unit of consumption, credit and depth.
 *
 * @throws IllegalArgumentException if a name is not of the form {@link #NAME}
 */
public record Lane(String queue, String task) {
  /** What a queue and a task may be called. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  public static final String DEFAULT_QUEUE = "default";

  public Lane {
    if (!NAME.matcher(queue).matches()) {
      throw new IllegalArgumentException("queue \"" + queue + "\" must match " + NAME);
    }
    if (!NAME.matcher(task).matches()) {
      throw new IllegalArgumentException("task \"" + task + "\" must match " + NAME);
    }
  }

  /** Reads what {@link #toString} wrote. */
  public static Lane parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("lane \"" + text + "\" must be queue/task");
    }
    return new Lane(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Its name on the broker. */
  public String address() {
    return "stint." + queue + "." + task;
  }

  @Override
  public String toString() {
    return queue + "/" + task;
  }
}
