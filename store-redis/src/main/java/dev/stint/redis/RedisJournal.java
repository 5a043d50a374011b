package dev.stint.redis;

import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.JobJournal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Progress and log, guarded by the token; and who asked to cancel. */
final class RedisJournal implements JobJournal {
  private final Calls calls;

  RedisJournal(Calls calls) {
    this.calls = calls;
  }

  @Override
  public void progress(Held held, double fraction) {
    calls.post(held.id(), by(Script.PROGRESS, held).arg(held.attempt() + " " + fraction));
  }

  @Override
  public void log(Held held, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    var request = by(Script.LOG, held).arg(MOST_LINES);
    lines.stream()
        .skip(Math.max(0, lines.size() - MOST_LINES))
        .map(JobJournal::cut)
        .forEach(request::arg);
    calls.post(held.id(), request);
  }

  @Override
  public Set<JobId> cancelling(Collection<JobId> running) {
    var byPartition =
        List.copyOf(running.stream().collect(Collectors.groupingBy(Keys::partition)).values());
    var answers = calls.all(byPartition.stream().map(RedisJournal::areAsked).toList());
    var asked = new HashSet<JobId>();
    for (int i = 0; i < answers.size(); i++) {
      asked.addAll(asked(byPartition.get(i), answers.get(i)));
    }
    return asked;
  }

  /** About ids of one partition. */
  private static Addressed areAsked(List<JobId> ids) {
    var partition = Keys.partition(ids.getFirst());
    var request = Request.cmd(Command.SMISMEMBER).arg(Keys.cancels(partition));
    ids.forEach(id -> request.arg(id.value()));
    return new Addressed(partition, request);
  }

  private static List<JobId> asked(List<JobId> ids, @Nullable Response members) {
    return IntStream.range(0, ids.size())
        .filter(i -> members != null && Answers.number(members.get(i)) == 1)
        .mapToObj(ids::get)
        .toList();
  }

  private static Request by(Script script, Held held) {
    return script.in(Keys.partition(held.id())).arg(held.id().value()).arg(held.token());
  }
}
