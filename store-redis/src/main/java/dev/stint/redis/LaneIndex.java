package dev.stint.redis;

import dev.stint.job.JobFilter;
import dev.stint.job.JobId;
import dev.stint.job.LaneCounts;
import dev.stint.job.StateName;
import dev.stint.lane.Lane;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ids of jobs by partition, lane and state, newest first; and how many there are. */
final class LaneIndex {
  private static final StateName[] STATES = StateName.values();
  private static final List<StateName> FINAL =
      Arrays.stream(STATES).filter(StateName::isFinal).toList();

  private final Calls calls;
  private final AllPartitions partitions;

  LaneIndex(Calls calls, AllPartitions partitions) {
    this.calls = calls;
    this.partitions = partitions;
  }

  /** A lane's part in one partition. */
  private record Place(String partition, String lane) {
    Addressed newest(StateName state, int most, String from) {
      return here(
          Request.cmd(Command.ZREVRANGEBYLEX)
              .arg(Keys.index(partition, lane, state))
              .arg(from)
              .arg("-")
              .arg("LIMIT")
              .arg(0)
              .arg(most));
    }

    Addressed size(StateName state) {
      return here(Request.cmd(Command.ZCARD).arg(Keys.index(partition, lane, state)));
    }

    Addressed total(StateName state) {
      return here(
          Request.cmd(Command.HGET).arg(Keys.totals(partition)).arg(lane + ":" + state.wire()));
    }

    private Addressed here(Request request) {
      return new Addressed(partition, request);
    }
  }

  /** The newest ids that a filter lets through, at most so many, all older than {@code after}. */
  List<JobId> newest(JobFilter filter, int most, @Nullable JobId after) {
    var from = after == null ? "+" : "(" + after;
    var states = filter.state() == null ? List.of(STATES) : List.of(filter.state());
    var requests =
        places().stream()
            .filter(place -> matches(filter, Keys.lane(place.lane())))
            .flatMap(place -> states.stream().map(state -> place.newest(state, most, from)))
            .toList();
    return calls.all(requests).stream()
        .flatMap(Answers::texts)
        .distinct() // one that moved between two answers is in both
        .sorted(Comparator.reverseOrder())
        .limit(most)
        .map(JobId::new)
        .toList();
  }

  /** Counts of every lane, in the order of their names. */
  List<LaneCounts> counts() {
    var places = places();
    var requests = new ArrayList<Addressed>();
    for (Place place : places) {
      Arrays.stream(STATES).map(place::size).forEach(requests::add);
      FINAL.stream().map(place::total).forEach(requests::add);
    }
    var answers = calls.all(requests).iterator();
    var counts = new TreeMap<String, LaneCounts>();
    for (Place place : places) {
      var lane = counts.computeIfAbsent(place.lane(), LaneIndex::zero);
      List.of(STATES).forEach(state -> add(lane.now(), state, answers.next()));
      FINAL.forEach(state -> add(lane.ended(), state, answers.next()));
    }
    return List.copyOf(counts.values());
  }

  private List<Place> places() {
    var members =
        partitions.each(partition -> Request.cmd(Command.SMEMBERS).arg(Keys.lanes(partition)));
    var places = new ArrayList<Place>();
    for (int i = 0; i < members.size(); i++) {
      var partition = partitions.names().get(i);
      Answers.texts(members.get(i)).map(lane -> new Place(partition, lane)).forEach(places::add);
    }
    return places;
  }

  private static boolean matches(JobFilter filter, Lane lane) {
    return (filter.task() == null || filter.task().equals(lane.task()))
        && (filter.queue() == null || filter.queue().equals(lane.queue()));
  }

  private static LaneCounts zero(String lane) {
    return new LaneCounts(
        Keys.lane(lane), new EnumMap<>(StateName.class), new EnumMap<>(StateName.class));
  }

  private static void add(Map<StateName, Long> counts, StateName state, @Nullable Response number) {
    counts.merge(state, Answers.number(number), Long::sum);
  }
}
