package dev.stint.redis;

import dev.stint.json.Json;
import dev.stint.worker.DeadLetter;
import dev.stint.worker.DeadLetters;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/** What workers have refused: a list of the newest, and a counter. */
final class RedisDeadLetters implements DeadLetters {
  private final Calls calls;

  RedisDeadLetters(Calls calls) {
    this.calls = calls;
  }

  @Override
  public void add(DeadLetter letter) {
    calls.call(
        Keys.WORKERS, Script.WORKER_REJECT.in(Keys.WORKERS).arg(Json.writeBytes(letter)).arg(MOST));
  }

  @Override
  public List<DeadLetter> newest() {
    var request = Request.cmd(Command.LRANGE).arg(Keys.WORKERS + "rejected").arg(0).arg(-1);
    return Answers.texts(calls.call(Keys.WORKERS, request))
        .map(json -> Json.read(json, DeadLetter.class))
        .toList();
  }

  @Override
  public long total() {
    var request = Request.cmd(Command.GET).arg(Keys.WORKERS + "rejections");
    return Answers.number(calls.call(Keys.WORKERS, request));
  }
}
