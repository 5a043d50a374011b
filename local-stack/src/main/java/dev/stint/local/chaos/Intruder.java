package dev.stint.local.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Someone who puts messages on the broker that are no jobs. Safe for many threads. */
final class Intruder {
  private final ChaosStack stack;
  private final List<Strays.Sent> sent = new CopyOnWriteArrayList<>();

  Intruder(ChaosStack stack) {
    this.stack = stack;
  }

  /** Puts a message on a lane of the default queue; if there is no broker, it has none. */
  synchronized void send(String task) {
    long at = System.nanoTime();
    var text = "no job of ours " + (sent.size() + 1);
    var broker = stack.broker();
    var address = broker.address("stint.default." + task);
    sent.add(new Strays.Sent(text, at, ForeignMessage.send(broker.port(), address, text)));
  }

  List<Strays.Sent> sent() {
    return List.copyOf(sent);
  }
}
