package dev.stint.upkeep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * The list of chores, each on a virtual thread of its own from {@link #start} to {@link #close}.
 * There is no leader: every producer does all of them, and each chore is safe for many.
 */
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Upkeep.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Chore> chores;
  private final RandomGenerator random;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  public Upkeep(List<Chore> chores, RandomGenerator random) {
    this.chores = List.copyOf(chores);
    this.random = random;
  }

  public void start() {
    for (Chore chore : chores) {
      threads.add(Thread.ofVirtual().name("upkeep-" + chore.name()).start(() -> repeat(chore)));
    }
  }

  /** Starts no more passes, and waits a little for those under way. */
  @Override
  public void close() {
    closed.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void repeat(Chore chore) {
    try {
      boolean failing = false;
      while (!closed.await(wait(chore), TimeUnit.MILLISECONDS)) {
        failing = failed(chore, failing);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does a pass; a row of failures is logged once. */
  private static boolean failed(Chore chore, boolean failedBefore) {
    try {
      int done = chore.pass().getAsInt();
      LOG.debugf("upkeep done chore=%s count=%d", chore.name(), done);
      if (failedBefore) {
        LOG.infof("upkeep works again chore=%s", chore.name());
      }
      return false;
    } catch (RuntimeException e) {
      if (!failedBefore) {
        LOG.warnf("upkeep fails, and is tried again chore=%s cause=%s", chore.name(), e);
      }
      LOG.debugf(e, "upkeep failed chore=%s", chore.name());
      return true;
    }
  }

  private long wait(Chore chore) {
    long most = chore.every().toMillis();
    return most / 2 + random.nextLong(most / 2 + 1);
  }
}
