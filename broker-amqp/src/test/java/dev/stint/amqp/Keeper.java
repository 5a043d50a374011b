package dev.stint.amqp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that grants its slots whenever the link is opened. */
class Keeper extends Collector implements CreditSubscriber {
  final List<String> events = new CopyOnWriteArrayList<>();
  private final int slots;

  Keeper(int slots) {
    super(0);
    this.slots = slots;
  }

  @Override
  public void opened() {
    events.add("opened");
    if (slots > 0) {
      subscription.request(slots);
    }
  }

  @Override
  public void lost(Throwable cause) {
    events.add("lost");
  }
}
