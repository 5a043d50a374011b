package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.JobSurvey.Spot;
import dev.stint.lane.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the broker lost, and what a gone worker ran: seen once, and rescued if it is still so. */
public abstract class RescueContract extends StoreContract {
  private static final Lane SQUARE = new Lane("default", "square");
  private static final Lane REPORT = new Lane("reports", "print");

  private Publication confirmed(JobSpec spec) {
    long waiting = store().outbox().size();
    var publication = submitted(spec);
    store().outbox().confirmed(publication);
    await().until(() -> store().outbox().size() == waiting);
    return publication;
  }

  private Rescued rescue(Sighting seen) {
    return jobs().rescue(seen, now);
  }

  private static Sighting.Queued seenQueued(Publication publication) {
    var spec = publication.spec();
    return new Sighting.Queued(spec.id(), spec.lane(), publication.ticket());
  }

  private static Sighting.Running seenRunning(Held held) {
    return new Sighting.Running(held.id(), "worker-1", held.token());
  }

  private Publication rescued(Sighting seen) {
    return ((Rescued.Queued) rescue(seen)).publication();
  }

  @Test
  void a_queued_job_is_published_again_under_a_new_ticket() {
    var lost = confirmed(spec());

    assertThat(rescued(seenQueued(lost))).isEqualTo(new Publication(lost.spec(), 2));

    assertThat(stateOf(lost.spec().id())).isEqualTo(StateName.QUEUED);
    assertThat(store().outbox().size()).isEqualTo(1);
    assertThat(rescue(seenQueued(lost))).isEqualTo(new Rescued.Stale(StateName.QUEUED));
  }

  @Test
  void a_queued_job_that_waits_for_its_confirmation_is_left_to_the_relay() {
    var waiting = submitted(spec());

    assertThat(rescue(seenQueued(waiting))).isEqualTo(new Rescued.Stale(StateName.QUEUED));
    assertThat(store().outbox().size()).isEqualTo(1);
  }

  @Test
  void a_queued_job_that_was_published_again_since_is_left_alone() {
    var first = confirmed(spec());
    var second = rescued(seenQueued(first));
    store().outbox().confirmed(second);
    await().until(() -> store().outbox().size() == 0);

    assertThat(rescue(seenQueued(first))).isEqualTo(new Rescued.Stale(StateName.QUEUED));
    assertThat(rescued(seenQueued(second)).ticket()).isEqualTo(3);
  }

  @Test
  void a_queued_job_that_was_claimed_since_is_left_alone() {
    var publication = confirmed(spec());
    var held = claimed(publication);

    assertThat(rescue(seenQueued(publication))).isEqualTo(new Rescued.Stale(StateName.RUNNING));
    assertThat(jobs().complete(held, null, now).applied()).isTrue();
  }

  @Test
  void a_running_job_is_queued_again_and_its_worker_is_fenced_off() {
    var publication = confirmed(spec());
    var lost = claimed(publication, "worker-1");
    var startedAt = now;
    pass(Duration.ofMinutes(1));

    var again = rescued(seenRunning(lost));

    assertThat(again).isEqualTo(new Publication(publication.spec(), 2));
    assertThat(store().outbox().size()).isEqualTo(1);
    var job = find(lost.id());
    assertThat(job.state()).isEqualTo(new JobState.Queued());
    var failure = Failure.of(FailureKind.LOST, "the worker was lost");
    assertThat(job.attempts()).containsExactly(new Attempt(1, "worker-1", startedAt, now, failure));
    assertThat(jobs().complete(lost, "1", now)).isEqualTo(new Moved.Stale(StateName.QUEUED));
    assertThat(rescue(seenRunning(lost))).isEqualTo(new Rescued.Stale(StateName.QUEUED));

    var next = claimed(again, "worker-2");
    assertThat(next.attempt()).isEqualTo(2);
    assertThat(next.token()).isGreaterThan(lost.token() + 1);
    assertThat(jobs().complete(lost, "1", now)).isEqualTo(new Moved.Stale(StateName.RUNNING));
    assertThat(jobs().complete(next, "2", now).applied()).isTrue();
    assertThat(find(lost.id()).attempts()).extracting(Attempt::number).containsExactly(1, 2);
  }

  @Test
  void the_old_message_that_comes_back_first_makes_the_new_one_a_duplicate() {
    var old = confirmed(spec());
    var again = rescued(seenRunning(claimed(old)));

    var held = claimed(old, "worker-2");

    assertThat(held.attempt()).isEqualTo(2);
    assertThat(jobs().claim(held.id(), again.ticket(), "worker-3", now))
        .isEqualTo(new Claim.Stale(StateName.RUNNING));
    // Its worker dies as well: it is the old message that comes again.
    assertThat(claimed(old, "worker-3").attempt()).isEqualTo(3);
  }

  @Test
  void the_old_message_that_comes_back_late_is_a_duplicate() {
    var old = confirmed(spec());
    var again = rescued(seenRunning(claimed(old)));
    var held = claimed(again, "worker-2");

    assertThat(jobs().claim(held.id(), old.ticket(), "worker-3", now))
        .isEqualTo(new Claim.Stale(StateName.RUNNING));
    jobs().complete(held, null, now);
    assertThat(jobs().claim(held.id(), old.ticket(), "worker-3", now))
        .isEqualTo(new Claim.Stale(StateName.SUCCEEDED));
  }

  @Test
  void a_running_job_that_was_claimed_again_since_is_left_alone() {
    var publication = confirmed(spec());
    var lost = claimed(publication, "worker-1");
    var held = claimed(publication, "worker-2");

    assertThat(rescue(seenRunning(lost))).isEqualTo(new Rescued.Stale(StateName.RUNNING));
    assertThat(jobs().complete(held, null, now).applied()).isTrue();
  }

  @Test
  void a_running_job_without_an_attempt_left_fails_as_lost() {
    var publication = confirmed(spec());
    claimed(publication, "worker-1");
    claimed(publication, "worker-2");
    var last = claimed(publication, "worker-3");

    assertThat(rescue(seenRunning(last))).isEqualTo(new Rescued.Ended(StateName.FAILED));

    var job = find(last.id());
    assertThat(((JobState.Failed) job.state()).failure().kind()).isEqualTo(FailureKind.LOST);
    assertThat(job.attempts())
        .extracting(Attempt::worker)
        .containsExactly("worker-1", "worker-2", "worker-3");
    assertThat(store().outbox().size()).isZero();
    assertThat(jobs().complete(last, null, now)).isEqualTo(new Moved.Stale(StateName.FAILED));
    assertThat(rescue(seenRunning(last))).isEqualTo(new Rescued.Stale(StateName.FAILED));
    pass(Retention.DEFAULT.failed());
    assertThat(store().pruning().prune(now, 10)).isEqualTo(1);
  }

  @Test
  void a_running_job_that_someone_cancelled_is_cancelled() {
    var lost = claimed(confirmed(spec()));
    jobs().cancel(lost.id(), null, now);

    assertThat(rescue(seenRunning(lost))).isEqualTo(new Rescued.Ended(StateName.CANCELLED));

    assertThat(stateOf(lost.id())).isEqualTo(StateName.CANCELLED);
    assertThat(find(lost.id()).cancelling()).isFalse();
    assertThat(store().journal().cancelling(List.of(lost.id()))).isEmpty();
    assertThat(store().outbox().size()).isZero();
  }

  @Test
  void of_many_producers_that_saw_the_same_one_rescues() throws Exception {
    for (int i = 0; i < 50; i++) {
      var queued = seenQueued(confirmed(spec()));
      assertThat(together(() -> rescue(queued)))
          .filteredOn(Rescued.Queued.class::isInstance)
          .hasSize(1);
      var running = seenRunning(aRunningJob());
      assertThat(together(() -> rescue(running)))
          .filteredOn(Rescued.Queued.class::isInstance)
          .hasSize(1);
      store().outbox().overdue(now.plusSeconds(1), now, 1_000).forEach(store().outbox()::confirmed);
      await().until(() -> store().outbox().size() == 0);
    }
  }

  @Test
  void a_survey_of_queued_jobs_sees_those_of_its_lanes_that_are_confirmed() {
    var seen = new ArrayList<Sighting.Queued>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      seen.add(seenQueued(confirmed(spec("default", "square", partition))));
      seen.add(seenQueued(confirmed(spec("reports", "print", partition))));
      confirmed(spec("default", "other", partition));
      claimed(confirmed(spec("default", "square", partition)));
    }
    submitted(spec());

    assertThat(walk(spot -> store().survey().queued(List.of(SQUARE, REPORT), spot, 100)))
        .containsExactlyInAnyOrderElementsOf(seen);
    assertThat(store().survey().queued(List.of(), Spot.START, 100).seen()).isEmpty();
  }

  @Test
  void a_survey_of_running_jobs_sees_who_runs_them() {
    var seen = new ArrayList<Sighting.Running>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      seen.add(seenRunning(claimed(submitted(spec("default", "square", partition)))));
      seen.add(seenRunning(claimed(submitted(spec("reports", "print", partition)))));
      submitted(spec("default", "square", partition));
    }

    assertThat(walk(spot -> store().survey().running(spot, 100)))
        .containsExactlyInAnyOrderElementsOf(seen);
  }

  @Test
  void a_walk_in_small_steps_sees_each_job_once_and_begins_anew() {
    for (int i = 0; i < 17; i++) {
      claimed(submitted(spec("default", i % 2 == 0 ? "square" : "print", i % PARTITIONS)));
      pass(Duration.ofMillis(1));
    }

    var seen = new ArrayList<Sighting.Running>();
    var spot = Spot.START;
    do {
      var stretch = store().survey().running(spot, 4);
      assertThat(stretch.seen()).hasSizeLessThanOrEqualTo(4);
      seen.addAll(stretch.seen());
      spot = stretch.next();
    } while (seen.size() < 17);

    assertThat(seen.subList(0, 17)).doesNotHaveDuplicates();
    assertThat(seen.subList(0, 17))
        .startsWith(seen.subList(17, seen.size()).toArray(Sighting.Running[]::new));
  }

  private static <S extends Sighting> List<S> walk(Function<Spot, JobSurvey.Stretch<S>> step) {
    var seen = new ArrayList<S>();
    var spot = Spot.START;
    do {
      var stretch = step.apply(spot);
      seen.addAll(stretch.seen());
      spot = stretch.next();
    } while (!spot.equals(Spot.START));
    return seen;
  }

  private static List<Rescued> together(Callable<Rescued> rescue) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = Stream.generate(() -> rescue).limit(4).toList();
      return threads.invokeAll(calls).stream()
          .map(Future::resultNow)
          .map(Objects::requireNonNull)
          .toList();
    }
  }
}
