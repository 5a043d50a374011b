package dev.stint.work;

import java.time.Duration;

/** The one thread on which a connection's messages come and its credit is given. */
public interface EventLoop {
  /** Runs it there, soon. */
  void execute(Runnable step);

  /** Runs it there, later. */
  void after(Duration delay, Runnable step);
}
