package dev.stint.redis;

import dev.stint.job.Job;
import dev.stint.job.JobFilter;
import dev.stint.job.JobId;
import dev.stint.job.JobPage;
import dev.stint.job.JobQueries;
import dev.stint.job.LaneCounts;
import dev.stint.job.StateName;
import dev.stint.job.StoredResult;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads. A list is merged from the indexes of the lanes and states that its filter lets through,
 * each asked for no more than a page.
 */
final class RedisQueries implements JobQueries {
  private final Calls calls;
  private final LaneIndex lanes;

  RedisQueries(Calls calls, LaneIndex lanes) {
    this.calls = calls;
    this.lanes = lanes;
  }

  @Override
  public Optional<Job> find(JobId id) {
    return JobRecord.read(calls.call(id, JobRecord.request(id)));
  }

  @Override
  public Optional<StoredResult> result(JobId id) {
    var request = Request.cmd(Command.HMGET).arg(Keys.job(id)).arg("state").arg("result");
    var answer = calls.call(id, request);
    if (answer == null || answer.get(0) == null) {
      return Optional.empty();
    }
    var json = answer.get(1);
    return Optional.of(
        new StoredResult(
            StateName.parse(answer.get(0).toString()), json == null ? null : json.toString()));
  }

  @Override
  public JobPage list(JobFilter filter, int limit, @Nullable JobId after) {
    var ids = lanes.newest(filter, limit + 1, after);
    var page = ids.subList(0, Math.min(limit, ids.size()));
    var jobs =
        calls.all(page.stream().map(RedisQueries::read).toList()).stream()
            .flatMap(answer -> JobRecord.read(answer).stream())
            .filter(job -> filter.state() == null || filter.state() == job.state().name())
            .toList();
    return new JobPage(jobs, ids.size() > limit ? page.getLast() : null);
  }

  @Override
  public List<JobId> ids(JobFilter filter, int limit, @Nullable JobId after) {
    return lanes.newest(filter, limit, after);
  }

  private static Addressed read(JobId id) {
    return new Addressed(Keys.partition(id), JobRecord.request(id));
  }

  @Override
  public List<LaneCounts> counts() {
    return lanes.counts();
  }

  @Override
  public List<String> log(JobId id, int most) {
    var request = Request.cmd(Command.LRANGE).arg(Keys.log(id)).arg(-most).arg(-1);
    return Answers.texts(calls.call(id, request)).toList();
  }
}
