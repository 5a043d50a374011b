package dev.stint.redis;

import dev.stint.json.Json;
import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerRegistry;
import dev.stint.worker.WorkerState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fleet: one hash of heartbeats, and who was seen when. */
final class RedisWorkers implements WorkerRegistry {
  /** A worker asks with each heartbeat; this only has to outlast a long pause of it. */
  private static final Duration DRAIN_WINDOW = Duration.ofHours(1);

  private final Calls calls;

  RedisWorkers(Calls calls) {
    this.calls = calls;
  }

  @Override
  public void beat(WorkerInfo info) {
    call(
        Script.WORKER_BEAT
            .in(Keys.WORKERS)
            .arg(info.id())
            .arg(Json.writeBytes(info))
            .arg(info.seenAt().toEpochMilli()));
  }

  @Override
  public void remove(String id) {
    call(Script.WORKER_REMOVE.in(Keys.WORKERS).arg(id));
  }

  @Override
  public List<WorkerInfo> list(Instant now) {
    var silent = now.minus(WorkerInfo.EXPIRY);
    return infos(call(Request.cmd(Command.HVALS).arg(Keys.WORKERS + "info"))).stream()
        .map(info -> info.seenAt().isBefore(silent) ? info.withState(WorkerState.LOST) : info)
        .sorted(Comparator.comparing(WorkerInfo::name).thenComparing(WorkerInfo::id))
        .toList();
  }

  @Override
  public List<WorkerInfo> reap(Instant now, Duration keep) {
    var silent = now.minus(WorkerInfo.EXPIRY);
    var answer =
        call(
            Script.WORKER_REAP
                .in(Keys.WORKERS)
                .arg(silent.toEpochMilli())
                .arg(now.toEpochMilli())
                .arg(now.minus(keep).toEpochMilli()));
    return infos(answer).stream().map(info -> info.withState(WorkerState.LOST)).toList();
  }

  @Override
  public boolean askToDrain(String id) {
    var request = Script.WORKER_DRAIN.in(Keys.WORKERS).arg(id).arg(DRAIN_WINDOW.toMillis());
    return Answers.number(call(request)) == 1;
  }

  @Override
  public boolean drainAsked(String id) {
    var request = Request.cmd(Command.EXISTS).arg(Keys.WORKERS + "drain:" + id);
    return Answers.number(call(request)) == 1;
  }

  private @Nullable Response call(Request request) {
    return calls.call(Keys.WORKERS, request);
  }

  private static List<WorkerInfo> infos(@Nullable Response answer) {
    return Answers.texts(answer).map(json -> Json.read(json, WorkerInfo.class)).toList();
  }
}
