package dev.stint.local.chaos;

import java.util.List;

/**
 * What became of messages that are no jobs. Messages are told apart by their texts.
 *
 * @param sent put on lanes by this run
 * @param dead in the broker's dead-letter queue
 * @param shown by Stint's API: the newest
 * @param counted by Stint
 */
record Strays(List<Sent> sent, List<String> dead, List<String> shown, long counted) {
  Strays {
    sent = List.copyOf(sent);
    dead = List.copyOf(dead);
    shown = List.copyOf(shown);
  }

  /**
   * A message that is no job.
   *
   * @param at when it was sent, in nanoseconds of the machine's monotonic clock
   * @param confirmed whether the broker said that it has it
   */
  record Sent(String text, long at, boolean confirmed) {}
}
