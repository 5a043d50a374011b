package dev.stint.redis;

import dev.stint.job.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A command on its way, and its answer. */
final class Call {
  final Request request;
  private final CompletableFuture<@Nullable Response> answer = new CompletableFuture<>();

  Call(Request request) {
    this.request = request;
  }

  void answer(@Nullable Response response) {
    answer.complete(response);
  }

  void refuse(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  /**
   * Waits for the answer, whatever happens to the thread meanwhile: the pipeline ends every call
   * within its time limit.
   *
   * @throws StoreUnavailableException if there is none, or if it is an error
   */
  @Nullable Response await() {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("an event loop must not wait for Redis");
    }
    try {
      var response = answer.join();
      if (isError(response)) {
        throw unavailable(new IllegalStateException(response.get(0).toString()));
      }
      return response;
    } catch (CompletionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    }
  }

  /** A script tells its own error within a list, see {@link Script}. */
  private static boolean isError(@Nullable Response response) {
    return response != null
        && response.type() == ResponseType.MULTI
        && response.size() == 1
        && response.get(0) != null
        && response.get(0).type() == ResponseType.ERROR;
  }

  private static StoreUnavailableException unavailable(Throwable cause) {
    return new StoreUnavailableException("Redis: " + cause.getMessage(), cause);
  }
}
