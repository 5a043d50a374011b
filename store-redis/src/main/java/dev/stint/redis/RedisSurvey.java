package dev.stint.redis;

import dev.stint.job.JobId;
import dev.stint.job.JobSurvey;
import dev.stint.job.Sighting;
import dev.stint.lane.Lane;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The walk: one script for each partition it comes through. */
final class RedisSurvey implements JobSurvey {
  private static final int MOST_PARTITIONS = 64;

  private final Calls calls;
  private final AllPartitions partitions;

  RedisSurvey(Calls calls, AllPartitions partitions) {
    this.calls = calls;
    this.partitions = partitions;
  }

  @Override
  public Stretch<Sighting.Queued> queued(Collection<Lane> lanes, Spot from, int most) {
    var names = lanes.stream().map(lane -> Keys.lane(lane.queue(), lane.task())).toList();
    return walk(
        from,
        most,
        (partition, after, left) -> {
          var request = Script.SURVEY_QUEUED.in(partition).arg(after).arg(left);
          names.forEach(request::arg);
          return request;
        },
        (id, lane, ticket) ->
            new Sighting.Queued(id, Keys.lane(lane.toString()), Answers.number(ticket)));
  }

  @Override
  public Stretch<Sighting.Running> running(Spot from, int most) {
    return walk(
        from,
        most,
        (partition, after, left) -> Script.SURVEY_RUNNING.in(partition).arg(after).arg(left),
        (id, worker, token) -> new Sighting.Running(id, worker.toString(), Answers.number(token)));
  }

  private interface Step {
    Request in(String partition, String after, int most);
  }

  private interface Reader<S extends Sighting> {
    S read(JobId id, Response second, Response third);
  }

  private <S extends Sighting> Stretch<S> walk(Spot from, int most, Step step, Reader<S> reader) {
    var names = partitions.names();
    int partition = from.partition() % names.size();
    var after = from.after();
    var seen = new ArrayList<S>();
    for (int i = 0; i < Math.min(names.size(), MOST_PARTITIONS) && seen.size() < most; i++) {
      var name = names.get(partition);
      var answer =
          Objects.requireNonNull(
              calls.call(name, step.in(name, after, most - seen.size())), "always answers");
      seen.addAll(sightings(answer, reader));
      after = answer.get(0).toString();
      if (!after.isEmpty()) {
        break;
      }
      partition = (partition + 1) % names.size();
    }
    return new Stretch<>(seen, new Spot(partition, after));
  }

  /** The first is no sighting, then three values are one. */
  private static <S extends Sighting> List<S> sightings(Response answer, Reader<S> reader) {
    var seen = new ArrayList<S>();
    for (int i = 1; i < answer.size(); i += 3) {
      var id = new JobId(answer.get(i).toString());
      seen.add(reader.read(id, answer.get(i + 1), answer.get(i + 2)));
    }
    return seen;
  }
}
