package dev.stint.redis;

import dev.stint.job.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way, and its answer, which may be kept back until it is durable. One thread has
 * it at a time.
 */
class Call {
  private static final int MOVES_AT_ONCE = 3;

  private final Addressed addressed;
  private final int turn;
  private final Rescuer rescuer;
  private final CompletableFuture<@Nullable Response> answer = new CompletableFuture<>();
  private final long madeAt = System.nanoTime();
  private Durability durability = Durability.NONE;
  private @Nullable Barrier barrier;
  private boolean asking;
  private int moves;

  /** Who may send a call again that was refused. */
  interface Rescuer {
    /** Nobody does. */
    Rescuer NONE = (_, _) -> false;

    /** Takes a call over, or leaves it to fail. */
    boolean takes(Call call, Throwable cause);
  }

  /**
   * @param turn calls that have the same one go through the same pipeline of a server, in order
   */
  Call(Addressed addressed, int turn, Rescuer rescuer) {
    this.addressed = addressed;
    this.turn = turn;
    this.rescuer = rescuer;
  }

  String partition() {
    return addressed.partition();
  }

  Request request() {
    return addressed.request();
  }

  int slot() {
    return HashSlot.of(partition());
  }

  int turn() {
    return turn;
  }

  boolean isScript() {
    return request().command() == Command.EVALSHA;
  }

  /** Whether the server is to be told that another one sent this call to it: ASKING. */
  boolean isAsking() {
    return asking;
  }

  void setAsking(boolean asking) {
    this.asking = asking;
  }

  /** What has to be true of the writes of this call before it is answered. */
  Durability durability() {
    return durability;
  }

  void setDurability(Durability durability) {
    this.durability = durability;
  }

  /** Its next answer is for this to give. */
  void awaitBehind(Barrier barrier) {
    this.barrier = barrier;
  }

  boolean isOlderThan(Duration limit) {
    return System.nanoTime() - madeAt > limit.toNanos();
  }

  /** Whether it may follow one more node to another without a pause: not if they disagree. */
  boolean movesAtOnce() {
    return ++moves <= MOVES_AT_ONCE;
  }

  void answer(@Nullable Response response) {
    if (barrier == null) {
      give(response);
    } else {
      barrier.keep(this, response);
    }
  }

  /** Gives the answer to whoever waits for it. */
  void give(@Nullable Response response) {
    answer.complete(response);
  }

  /** Fails it, unless someone sends it again. */
  void refuse(Throwable cause) {
    if (!rescuer.takes(this, cause)) {
      fail(cause);
    }
  }

  void fail(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  /**
   * Waits for the answer, whatever happens to the thread meanwhile: every call ends within its time
   * limit.
   *
   * @throws StoreUnavailableException if there is none, or if it is an error
   */
  @Nullable Response await() {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("an event loop must not wait for Redis");
    }
    try {
      var response = answer.join();
      var error = Answers.error(response);
      if (error != null) {
        throw unavailable(new IllegalStateException(error));
      }
      return response;
    } catch (CompletionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    }
  }

  private static StoreUnavailableException unavailable(Throwable cause) {
    return new StoreUnavailableException("Redis: " + cause.getMessage(), cause);
  }
}
