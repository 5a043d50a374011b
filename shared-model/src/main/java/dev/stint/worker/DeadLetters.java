package dev.stint.worker;

import java.util.List;

/**
 * What workers have refused: the newest messages, and how many there ever were. The messages
 * themselves are in the broker's dead-letter queue. Safe for many threads. Calls block, and fail as
 * those of a {@link WorkerRegistry} do while the store is away.
 */
public interface DeadLetters {
  /** So many are kept. */
  int MOST = 100;

  /** Notes one. */
  void add(DeadLetter letter);

  /** Those that are kept, newest first. */
  List<DeadLetter> newest();

  /** How many there ever were. */
  long total();
}
