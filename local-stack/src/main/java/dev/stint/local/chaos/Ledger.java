package dev.stint.local.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the client knows: what it was promised, and what it was told. Safe for many threads. */
final class Ledger {
  private final Map<String, Accepted> accepted = new HashMap<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final List<String> doubles = new CopyOnWriteArrayList<>();
  private final AtomicInteger resent = new AtomicInteger();

  /**
   * A job that was answered with 202.
   *
   * @param cancelled whether a request to cancel it was answered with "cancelled"
   */
  record Accepted(String id, Ask ask, boolean cancelled) {}

  /** A request was answered with 202. */
  synchronized void accepted(Ask ask, String id) {
    var before = accepted.putIfAbsent(ask.key(), new Accepted(id, ask, false));
    if (before != null && !before.id().equals(id)) {
      doubles.add(ask.key() + " made " + before.id() + " and " + id);
    }
  }

  /** A job was cancelled at once. */
  synchronized void cancelled(Ask ask) {
    accepted.computeIfPresent(ask.key(), (_, job) -> new Accepted(job.id(), job.ask(), true));
  }

  /** A request had an answer that it must not have. */
  void refused(String what) {
    refusals.add(what);
  }

  /** A request had no answer, or was told to come again. */
  void resent() {
    resent.incrementAndGet();
  }

  synchronized List<Accepted> all() {
    return List.copyOf(accepted.values());
  }

  synchronized int size() {
    return accepted.size();
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Keys that made more than one job. */
  List<String> doubles() {
    return List.copyOf(doubles);
  }

  int timesResent() {
    return resent.get();
  }
}
