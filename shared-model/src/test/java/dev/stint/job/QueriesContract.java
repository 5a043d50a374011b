package dev.stint.job;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.lane.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and counts, and that both always say the same as the records. */
public abstract class QueriesContract extends StoreContract {
  private static final List<Lane> LANES =
      List.of(
          new Lane("default", "square"),
          new Lane("default", "word-count"),
          new Lane("reports", "square"));

  private static final Comparator<Job> NEWEST_FIRST =
      Comparator.comparing((Job job) -> job.spec().id()).reversed();

  static Stream<JobFilter> filters() {
    var filters = new ArrayList<JobFilter>();
    for (var state : new StateName[] {null, StateName.QUEUED, StateName.FAILED}) {
      for (var task : new String[] {null, "square", "word-count", "unheard-of"}) {
        for (var queue : new String[] {null, "default", "reports"}) {
          filters.add(new JobFilter(state, task, queue));
        }
      }
    }
    return filters.stream();
  }

  @Test
  void an_empty_store_has_no_jobs() {
    assertThat(queries().list(JobFilter.ALL, 10, null)).isEqualTo(new JobPage(List.of(), null));
    assertThat(queries().counts()).isEmpty();
    assertThat(queries().find(id(0))).isEmpty();
    assertThat(queries().result(id(0))).isEmpty();
    assertThat(queries().log(id(0), 10)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void a_filter_lets_through_just_what_matches_newest_first(JobFilter filter) {
    var all = new ArrayList<Job>();
    for (int i = 0; i < 24; i++) {
      pass(Duration.ofMillis(i % 3));
      var lane = LANES.get(i % LANES.size());
      var publication = submitted(spec(lane.queue(), lane.task(), i % PARTITIONS));
      if (i % 4 == 0) {
        jobs().giveUp(claimed(publication), FAILURE, now);
      }
      all.add(find(publication.spec().id()));
    }
    all.sort(NEWEST_FIRST);

    var expected = all.stream().filter(job -> matches(job, filter)).toList();

    assertThat(queries().list(filter, 100, null)).isEqualTo(new JobPage(expected, null));
    var ids = expected.stream().map(job -> job.spec().id()).toList();
    assertThat(queries().ids(filter, 100, null)).isEqualTo(ids);
    if (ids.size() > 2) {
      assertThat(queries().ids(filter, 2, ids.getFirst())).isEqualTo(ids.subList(1, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 10, 11})
  void pages_follow_each_other_without_gap_or_overlap(int limit) {
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 10; i++) {
      ids.add(submitted(spec("default", "square", i % PARTITIONS)).spec().id());
    }
    ids.sort(Comparator.reverseOrder());

    var seen = new ArrayList<JobId>();
    JobId after = null;
    do {
      var page = queries().list(JobFilter.ALL, limit, after);
      assertThat(page.jobs()).hasSizeBetween(1, limit);
      page.jobs().forEach(job -> seen.add(job.spec().id()));
      after = page.next();
    } while (after != null);

    assertThat(seen).isEqualTo(ids);
  }

  @Test
  void a_page_does_not_move_when_new_jobs_come() {
    for (int i = 0; i < 4; i++) {
      submitted(spec());
    }
    var first = queries().list(JobFilter.ALL, 2, null);
    var second = queries().list(JobFilter.ALL, 2, first.next());
    submitted(spec());

    assertThat(queries().list(JobFilter.ALL, 2, first.next())).isEqualTo(second);
  }

  @Test
  void ended_jobs_are_counted_for_ever_and_kept_ones_while_they_are_kept() {
    var done = aJob(StateName.SUCCEEDED);
    aJob(StateName.FAILED);
    aJob(StateName.CANCELLED);
    jobs().requeue(done.id(), now);

    var counts = queries().counts().getFirst();
    assertThat(counts.lane()).isEqualTo(new Lane("default", "square"));
    assertThat(counts.now())
        .containsOnlyKeys(StateName.values())
        .containsEntry(StateName.QUEUED, 1L)
        .containsEntry(StateName.SUCCEEDED, 0L)
        .containsEntry(StateName.FAILED, 1L);
    assertThat(counts.ended())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(StateName.SUCCEEDED, 1L, StateName.FAILED, 1L, StateName.CANCELLED, 1L));

    pass(Duration.ofDays(30));
    store().pruning().prune(now, 10);
    var later = queries().counts().getFirst();
    assertThat(later.now()).containsEntry(StateName.FAILED, 0L);
    assertThat(later.ended()).isEqualTo(counts.ended());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void counts_and_lists_equal_the_records_after_any_moves(long seed) {
    var random = new Random(seed);
    var running = new ArrayList<Held>();
    var all = new ArrayList<JobId>();
    for (int i = 0; i < 400; i++) {
      pass(Duration.ofMillis(random.nextInt(3)));
      step(random, running, all);
    }

    var records = all.stream().flatMap(id -> queries().find(id).stream()).toList();

    var byLane = records.stream().collect(groupingBy(job -> job.spec().lane()));
    for (var counts : queries().counts()) {
      var states = new TreeMap<StateName, Long>();
      Arrays.stream(StateName.values()).forEach(state -> states.put(state, 0L));
      byLane
          .getOrDefault(counts.lane(), List.of())
          .forEach(job -> states.merge(job.state().name(), 1L, Long::sum));
      assertThat(counts.now()).isEqualTo(states);
    }
    assertThat(queries().list(JobFilter.ALL, 1000, null).jobs())
        .isEqualTo(records.stream().sorted(NEWEST_FIRST).toList());
  }

  /** Any move on any job, legal or not. */
  private void step(Random random, List<Held> running, List<JobId> all) {
    if (all.isEmpty() || random.nextInt(4) == 0) {
      var lane = LANES.get(random.nextInt(LANES.size()));
      var spec = spec(lane.queue(), lane.task(), random.nextInt(PARTITIONS));
      all.add(spec.id());
      jobs().submit(spec, null);
      return;
    }
    var id = all.get(random.nextInt(all.size()));
    var held = running.isEmpty() ? new Held(id, 1, 1) : running.get(random.nextInt(running.size()));
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        if (jobs().claim(id, 1, "worker", now) instanceof Claim.Claimed(var right)) {
          running.add(right);
        }
      }
      case 2 -> jobs().complete(held, "1", now);
      case 3 -> jobs().retryLater(held, FAILURE, now.plusMillis(random.nextInt(9)), now);
      case 4 -> jobs().giveUp(held, FAILURE, now);
      case 5 -> jobs().giveBack(held, now);
      case 6 -> jobs().cancel(id, null, now);
      case 7 -> jobs().requeue(id, now);
      default -> jobs().promote(now, 3);
    }
  }

  private static boolean matches(Job job, JobFilter filter) {
    return (filter.state() == null || filter.state() == job.state().name())
        && (filter.task() == null || filter.task().equals(job.spec().task()))
        && (filter.queue() == null || filter.queue().equals(job.spec().queue()));
  }
}
