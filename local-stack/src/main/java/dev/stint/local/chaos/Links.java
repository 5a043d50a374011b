package dev.stint.local.chaos;

import dev.stint.local.link.FaultyLink;

/** The paths of one service to the engines. Safe for many threads. */
record Links(FaultyLink redis, FaultyLink broker) implements AutoCloseable {
  void apply(Fault.Break fault) {
    if (fault.way() != Fault.Way.BROKER) {
      apply(redis, fault.manner());
    }
    if (fault.way() != Fault.Way.REDIS) {
      apply(broker, fault.manner());
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

  private static void apply(FaultyLink link, Fault.Manner manner) {
    switch (manner) {
      case CUT -> link.cut();
      case FREEZE -> link.freeze();
      case HALF_FREEZE -> link.freezeAnswers();
    }
  }
}
