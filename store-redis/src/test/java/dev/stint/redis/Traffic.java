package dev.stint.redis;

import dev.stint.job.JobId;
import dev.stint.job.StoreUnavailableException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/** Jobs that are submitted, claimed and completed all the time, in all partitions in turn. */
final class Traffic implements AutoCloseable {
  private static final int THREADS = 16;

  private final RedisStore store;
  private final Samples samples;
  private final AtomicIntegerArray done;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Queue<RuntimeException> surprises = new ConcurrentLinkedQueue<>();
  private final Queue<JobId> completed = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopping;

  Traffic(RedisStore store, Samples samples, int partitions) {
    this.store = store;
    this.samples = samples;
    done = new AtomicIntegerArray(partitions);
    for (int i = 0; i < THREADS; i++) {
      threads.submit(this::go);
    }
  }

  /** Whether so many jobs have been completed in each partition. */
  boolean hasDoneInEach(int count) {
    for (int i = 0; i < done.length(); i++) {
      if (done.get(i) < count) {
        return false;
      }
    }
    return true;
  }

  /** Begins to count anew. */
  void reset() {
    for (int i = 0; i < done.length(); i++) {
      done.set(i, 0);
    }
  }

  /** Calls that failed since the store could not be reached. */
  int refused() {
    return refused.get();
  }

  /** What failed in any other way. */
  Queue<RuntimeException> surprises() {
    return surprises;
  }

  Queue<JobId> completed() {
    return completed;
  }

  @Override
  public void close() {
    stopping = true;
    threads.close();
  }

  private void go() {
    while (!stopping) {
      int partition = turn.getAndIncrement() % done.length();
      try {
        var spec = samples.submit(store, partition);
        if (samples.run(store, spec).applied()) {
          completed.add(spec.id());
          done.incrementAndGet(partition);
        }
      } catch (StoreUnavailableException e) {
        refused.incrementAndGet();
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos()); // leaves the processor to Redis
      } catch (RuntimeException e) {
        surprises.add(e);
      }
    }
  }
}
