package dev.stint.redis;

import dev.stint.job.StoreUnavailableException;
import io.vertx.core.AsyncResult;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A command on its way, and its answer. */
final class Call {
  final Request request;
  private final CompletableFuture<@Nullable Response> answer = new CompletableFuture<>();
  private boolean repeated;

  Call(Request request) {
    this.request = request;
  }

  /**
   * Waits for the answer, whatever happens to the thread meanwhile: the pipeline ends every call
   * within its time limit.
   *
   * @throws StoreUnavailableException if there is none, or if it is an error
   */
  @Nullable Response await() {
    try {
      return answer.join();
    } catch (CompletionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new StoreUnavailableException("Redis: " + cause.getMessage(), cause);
    }
  }

  void settle(AsyncResult<Response> result) {
    if (result.succeeded()) {
      answer.complete(result.result());
    } else {
      refuse(result.cause());
    }
  }

  void refuse(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  /** Whether the server did not know the script, and has not been told yet for this call. */
  boolean wantsScripts(AsyncResult<Response> result) {
    if (repeated || result.succeeded()) {
      return false;
    }
    var message = result.cause().getMessage();
    repeated = message != null && message.startsWith("NOSCRIPT");
    return repeated;
  }
}
