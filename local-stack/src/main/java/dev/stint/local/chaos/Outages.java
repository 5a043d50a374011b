package dev.stint.local.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What was wrong when. Times are nanoseconds of the machine's monotonic clock, which all its
 * processes share. Safe for many threads.
 */
final class Outages {
  private final List<Outage> all = new CopyOnWriteArrayList<>();
  private final List<Long> wipes = new CopyOnWriteArrayList<>();

  /**
   * Something was wrong for a while.
   *
   * @param target the process
   * @param partsFromBroker whether the broker may have taken deliveries back
   */
  record Outage(String target, boolean partsFromBroker, long from, long to) {}

  void add(Outage outage) {
    all.add(outage);
  }

  /** Whether in that time the broker may have taken a delivery back from a worker. */
  boolean parted(String worker, long from, long to) {
    return all.stream()
        .filter(Outage::partsFromBroker)
        .filter(one -> one.target().equals(worker) || one.target().equals(Names.BROKER))
        .anyMatch(one -> one.from() <= to && one.to() >= from);
  }

  /** The broker has just lost all it had. */
  void wiped(long at) {
    wipes.add(at);
  }

  /** Whether what the broker had at that time may be lost. */
  boolean wipedSince(long at) {
    return wipes.stream().anyMatch(wipe -> wipe >= at);
  }
}
