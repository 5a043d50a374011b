package dev.stint.work;

import dev.stint.job.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Calls of the store that go on while the store is away: a worker keeps its jobs and waits, since
 * what it has done is lost to nobody as long as it holds on to it. For any thread.
 */
public final class StoreCalls {
  private static final Logger LOG = Logger.getLogger(StoreCalls.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** How long a worker that cannot reach the store keeps a job that another one might begin. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final CountDownLatch leaving = new CountDownLatch(1);
  private volatile boolean draining;

  /** The worker takes no more jobs: claims that wait for the store give up. */
  public void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  /**
   * For calls that are not worth a long wait, since another process may do better: true for {@link
   * #PATIENCE} from now.
   */
  BooleanSupplier aWhile() {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start < PATIENCE.toNanos();
  }

  /** The process ends now: calls that wait for the store give up. */
  public void leave() {
    leaving.countDown();
  }

  /**
   * Makes the call until the store answers.
   *
   * @param worthwhile asked before each further try
   * @return empty if it was not worthwhile any more, or the process leaves
   */
  <T> Optional<T> untilAnswered(String what, Supplier<T> call, BooleanSupplier worthwhile) {
    var wait = FIRST_WAIT;
    while (true) {
      try {
        return Optional.of(call.get());
      } catch (StoreUnavailableException e) {
        LOG.debugf(e, "store away call=%s", what);
      }
      if (!worthwhile.getAsBoolean() || leavesWithin(wait)) {
        return Optional.empty();
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private boolean leavesWithin(Duration wait) {
    try {
      return leaving.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
