package dev.stint.local.chaos;

import dev.stint.local.link.FaultyLink;

/** The paths of one service to the engines. Safe for many threads. */
record Links(FaultyLink redis, FaultyLink broker) implements AutoCloseable {
  void apply(Fault.Break fault) {
    if (fault.way() != Fault.Way.BROKER) {
      apply(redis, fault.frozen());
    }
    if (fault.way() != Fault.Way.REDIS) {
      apply(broker, fault.frozen());
    }
  }

  void mend() {
    redis.mend();
    broker.mend();
  }

  @Override
  public void close() {
    redis.close();
    broker.close();
  }

  private static void apply(FaultyLink link, boolean frozen) {
    if (frozen) {
      link.freeze();
    } else {
      link.cut();
    }
  }
}
