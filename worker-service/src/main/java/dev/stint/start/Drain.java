package dev.stint.start;

import dev.stint.amqp.AmqpConnection;
import dev.stint.heartbeat.Heartbeat;
import dev.stint.redis.RedisStore;
import dev.stint.work.Workshop;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Leaving in good order, once: no more deliveries → what runs goes on → what still runs at the
 * deadline is interrupted and given back → settlements are flushed → the heartbeat ends → exit. A
 * second signal skips the waiting. HTTP health answers until the end.
 */
final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  static final int ALL_FINISHED = 0;
  static final int SOME_GIVEN_BACK = 2;

  /** For handlers to end once interrupted, commands in their grace included. */
  private static final Duration TO_STOP = Duration.ofSeconds(15);

  private final Parts parts;
  private final Duration timeout;
  private final IntConsumer exit;
  private final AtomicReference<@Nullable Thread> draining = new AtomicReference<>();

  /** What has to end. */
  record Parts(Workshop workshop, AmqpConnection broker, Heartbeat heartbeat, RedisStore store) {}

  /**
   * @param exit ends the process with this code
   */
  Drain(Parts parts, Duration timeout, IntConsumer exit) {
    this.parts = parts;
    this.timeout = timeout;
    this.exit = exit;
  }

  boolean isDraining() {
    return draining.get() != null;
  }

  /** Someone asked for it; asking again changes nothing. */
  void ask(String why) {
    var thread = Thread.ofPlatform().name("drain").unstarted(this::run);
    if (draining.compareAndSet(null, thread)) {
      LOG.infof("draining why=%s running=%d", why, parts.workshop.running().ids().size());
      thread.start();
    }
  }

  /** A signal: the first one begins, the second one hurries. */
  void signal(String name) {
    var thread = draining.get();
    if (thread == null) {
      ask(name);
    } else {
      LOG.infof("draining at once why=%s", name);
      thread.interrupt();
    }
  }

  private void run() {
    stopTaking();
    boolean idle = await(timeout);
    if (!idle) {
      parts.workshop.interrupt();
      idle = await(TO_STOP);
    }
    int stuck = idle ? 0 : parts.workshop.leave();
    try {
      parts.broker.close().toCompletableFuture().join();
    } catch (CompletionException e) {
      LOG.warnf("broker connection did not close in order cause=%s", e.getCause());
    }
    parts.heartbeat.close();
    // Last, for all others write to it; and before Vert.x ends, or it would try to connect again.
    parts.store.close();
    long givenBack = parts.workshop.tally().givenBack() + stuck;
    LOG.infof("drained givenBack=%d", givenBack);
    exit.accept(givenBack == 0 ? ALL_FINISHED : SOME_GIVEN_BACK);
  }

  private void stopTaking() {
    var done = new CountDownLatch(1);
    parts.workshop.quiet();
    parts.heartbeat.draining();
    parts.broker.execute(() -> {
      parts.workshop.dispatcher().close();
      done.countDown();
    });
    try {
      done.await();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean await(Duration most) {
    try {
      return parts.workshop.awaitIdle(most);
    } catch (InterruptedException hurry) {
      return false;
    }
  }
}
