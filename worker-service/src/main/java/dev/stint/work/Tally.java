package dev.stint.work;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** Counts how attempts ended in this worker, by task, and what it refused. For any thread. */
public final class Tally {
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder givenBack = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final BiConsumer<Key, LongAdder> onNew;

  /**
   * What is counted.
   *
   * @param ending the move's name in lower case
   */
  public record Key(String task, String ending) {}

  /**
   * @param onNew told of each counter when it is first needed
   */
  public Tally(BiConsumer<Key, LongAdder> onNew) {
    this.onNew = onNew;
  }

  void ended(String task, Ending ending) {
    if (ending instanceof Ending.GiveBack) {
      givenBack.increment();
    }
    var name = ending.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    counts.computeIfAbsent(new Key(task, name), this::count).increment();
  }

  /** Jobs this worker gave back. */
  public long givenBack() {
    return givenBack.sum();
  }

  void rejected() {
    rejected.increment();
  }

  /** Messages this worker refused, since they were no jobs. */
  public long rejections() {
    return rejected.sum();
  }

  private LongAdder count(Key key) {
    var adder = new LongAdder();
    onNew.accept(key, adder);
    return adder;
  }
}
