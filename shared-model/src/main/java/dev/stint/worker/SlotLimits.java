package dev.stint.worker;

import java.util.Map;

/**
 * How much a worker runs at once.
 *
 * @param total slots, 1 to 10,000
 * @param perTask at most so many of a task, where it is named
 */
public record SlotLimits(int total, Map<String, Integer> perTask) {
  public static final int DEFAULT_SLOTS = 10;
  public static final int MOST_SLOTS = 10_000;

  public SlotLimits {
    perTask = Map.copyOf(perTask);
    if (total < 1 || total > MOST_SLOTS) {
      throw new IllegalArgumentException("slots must be 1 to " + MOST_SLOTS + ", not " + total);
    }
    perTask.forEach((task, limit) -> {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "limit of " + task + " must be at least 1, not " + limit);
      }
    });
  }

  /** How many jobs of a task may run at once. */
  public int of(String task) {
    return Math.min(total, perTask.getOrDefault(task, total));
  }
}
