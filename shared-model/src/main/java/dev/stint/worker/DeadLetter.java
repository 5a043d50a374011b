package dev.stint.worker;

import java.time.Instant;

/**
 * A message that a worker has refused, since it is no job that could be run.
 *
 * @param lane name of the lane it came on, {@code queue/task}
 * @param worker id of the worker
 * @param why the rule that it breaks; at most {@value #MAX_TEXT} characters are kept
 * @param body what is in it, as text; at most {@value #MAX_TEXT} characters are kept
 */
public record DeadLetter(Instant rejectedAt, String lane, String worker, String why, String body) {
  public static final int MAX_TEXT = 500;

  public DeadLetter {
    why = cut(why);
    body = cut(body);
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
