package dev.stint.redis;

import dev.stint.redis.Dialer.Line;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One sentinel, and the connection to it, which is kept. To be used on one event loop. */
final class Sentinel implements AutoCloseable {
  private static final Command SENTINEL = Command.create("SENTINEL");

  private final Context context;
  private final String url;
  private final String master;
  private @Nullable Line line;
  private boolean closed;

  Sentinel(Context context, String url, String master) {
    this.context = context;
    this.url = url;
    this.master = master;
  }

  /** Where the master is, if this sentinel says so in time. */
  Future<Address> ask() {
    var open = line;
    var opened =
        open != null
            ? Future.succeededFuture(open)
            : Dialer.open(context.owner(), url, _ -> Future.succeededFuture())
                .onSuccess(this::keep);
    return opened.compose(this::ask);
  }

  @Override
  public void close() {
    closed = true;
    if (line != null) {
      drop(line);
    }
  }

  private Future<Address> ask(Line open) {
    var answer = Promise.<Address>promise();
    long limit =
        context
            .owner()
            .setTimer(
                Dialer.TIME_LIMIT_MILLIS,
                _ -> answer.tryFail(new TimeoutException("no answer in time")));
    open.connection()
        .send(Request.cmd(SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(master))
        .map(this::address)
        .onComplete(result -> {
          context.owner().cancelTimer(limit);
          if (result.succeeded()) {
            answer.tryComplete(result.result());
          } else {
            answer.tryFail(result.cause());
          }
        });
    return answer.future().onFailure(_ -> drop(open));
  }

  private Address address(@Nullable Response answer) {
    if (answer == null) {
      throw new IllegalStateException("the sentinels know no master " + master);
    }
    return new Address(answer.get(0).toString(), (int) Answers.number(answer.get(1)));
  }

  private void keep(Line open) {
    if (closed) {
      open.client().close();
      return;
    }
    line = open;
    open.connection().exceptionHandler(_ -> drop(open)).endHandler(_ -> drop(open));
  }

  private void drop(Line open) {
    if (line == open) {
      line = null;
    }
    open.client().close();
  }
}
