package dev.stint.local.link;

/** Lets threads pass, or makes them wait. Safe for many threads. */
final class Gate {
  private boolean shut;

  synchronized void shut() {
    shut = true;
  }

  synchronized void open() {
    shut = false;
    notifyAll();
  }

  /** Returns when it is open. */
  synchronized void pass() throws InterruptedException {
    while (shut) {
      wait();
    }
  }
}
