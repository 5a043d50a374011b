package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.Moved.Applied;
import dev.stint.job.Moved.Missing;
import dev.stint.job.Moved.Stale;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of moves, through the store; and what each move leaves in the record. */
public abstract class JobRepositoryContract extends StoreContract {
  private static final Duration LATER = Duration.ofMinutes(1);

  static Stream<Arguments> everyPair() {
    return Arrays.stream(StateName.values())
        .flatMap(state -> Arrays.stream(Move.values()).map(move -> Arguments.of(state, move)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void a_move_is_applied_where_it_is_legal_and_else_refused_without_a_trace(
      StateName state, Move move) {
    var held = aJob(state);
    var before = find(held.id());
    var countsBefore = queries().counts();
    pass(LATER);

    var moved = make(move, held);

    if (move.isLegalFrom(state)) {
      assertThat(moved).isEqualTo(new Applied(move.to()));
      assertThat(stateOf(held.id())).isEqualTo(move.to());
    } else {
      assertThat(moved).isEqualTo(new Stale(state));
      assertThat(find(held.id())).isEqualTo(before);
      assertThat(queries().counts()).isEqualTo(countsBefore);
    }
  }

  @ParameterizedTest
  @EnumSource(Move.class)
  void a_job_that_is_not_there_is_missing(Move move) {
    assertThat(make(move, new Held(id(0), 1, 1))).isEqualTo(new Missing());
    assertThat(queries().counts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Move.class,
      names = {"COMPLETE", "RETRY_LATER", "GIVE_UP", "GIVE_BACK", "CANCEL"})
  void a_worker_that_was_taken_for_lost_is_fenced_off(Move move) {
    var publication = submitted(spec());
    var lost = claimed(publication, "worker-1");
    var next = claimed(publication, "worker-2");
    var before = find(lost.id());

    assertThat(make(move, lost)).isEqualTo(new Stale(StateName.RUNNING));
    assertThat(find(lost.id())).isEqualTo(before);
    assertThat(make(move, next)).isEqualTo(new Applied(move.to()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Move.class,
      names = {"COMPLETE", "RETRY_LATER", "GIVE_UP", "GIVE_BACK", "CANCEL"})
  void a_move_made_twice_answers_where_it_led_the_first_time(Move move) {
    var held = aRunningJob();
    make(move, held);
    var after = find(held.id());

    assertThat(make(move, held)).isEqualTo(new Stale(move.to()));
    assertThat(find(held.id())).isEqualTo(after);
  }

  @Test
  void a_completed_job_has_its_result_and_its_one_attempt() {
    var held = aRunningJob();
    var startedAt = now;
    pass(LATER);
    jobs().complete(held, "{\"root\":7}", now);

    var job = find(held.id());
    assertThat(job.state()).isEqualTo(new JobState.Succeeded(now));
    assertThat(job.attempts()).containsExactly(new Attempt(1, "worker-1", startedAt, now, null));
    assertThat(queries().result(held.id()))
        .contains(new StoredResult(StateName.SUCCEEDED, "{\"root\":7}"));
  }

  @Test
  void a_job_may_succeed_without_a_result() {
    var held = aRunningJob();
    jobs().complete(held, null, now);

    assertThat(queries().result(held.id())).contains(new StoredResult(StateName.SUCCEEDED, null));
  }

  @Test
  void failed_attempts_stay_visible_after_a_success() {
    var held = aRunningJob();
    var first = now;
    var broken = new Failure(FailureKind.EXIT, "exit code 3\n\"quoted\"", "at line 1\n\tat line 2");
    jobs().retryLater(held, broken, now.plusSeconds(10), now);
    assertThat(find(held.id()).state())
        .isEqualTo(new JobState.Retrying(now.plusSeconds(10), broken));

    pass(LATER);
    var again = claimed(jobs().promote(now, 10).getFirst(), "worker-2");
    jobs().complete(again, "1", now);

    assertThat(find(held.id()).attempts())
        .containsExactly(
            new Attempt(1, "worker-1", first, first, broken),
            new Attempt(2, "worker-2", now, now, null));
  }

  @Test
  void a_job_given_up_tells_why() {
    var held = aRunningJob();
    jobs().giveUp(held, FAILURE, now);

    var job = find(held.id());
    assertThat(job.state()).isEqualTo(new JobState.Failed(now, FAILURE));
    assertThat(job.attempts()).containsExactly(new Attempt(1, "worker-1", now, now, FAILURE));
    assertThat(queries().result(held.id())).contains(new StoredResult(StateName.FAILED, null));
  }

  @Test
  void an_attempt_given_back_does_not_count() {
    var publication = submitted(spec());
    var held = claimed(publication);
    jobs().giveBack(held, now);

    var job = find(held.id());
    assertThat(job.state()).isEqualTo(new JobState.Queued());
    assertThat(job.attempt()).isZero();
    assertThat(job.attempts()).isEmpty();

    var next = claimed(publication, "worker-2");
    assertThat(next.attempt()).isEqualTo(1);
    assertThat(next.token()).isGreaterThan(held.token());
  }

  @Test
  void a_requeued_job_starts_afresh_and_its_old_worker_stays_fenced_off() {
    var held = aRunningJob();
    store().journal().progress(held, 0.5);
    store().journal().log(held, List.of("a line"));
    jobs().giveUp(held, FAILURE, now);
    pass(LATER);

    var queued = (Requeued.Queued) jobs().requeue(held.id(), now);

    var job = find(held.id());
    assertThat(job.state()).isEqualTo(new JobState.Queued());
    assertThat(job.attempts()).isEmpty();
    assertThat(job.progress()).isNull();
    assertThat(queries().log(held.id(), 10)).isEmpty();
    assertThat(queued.publication().spec()).isEqualTo(job.spec());
    assertThat(queued.publication().ticket()).isEqualTo(2);
    var next = claimed(queued.publication());
    assertThat(next.attempt()).isEqualTo(1);
    assertThat(next.token()).isGreaterThan(held.token());
    assertThat(jobs().complete(held, null, now)).isEqualTo(new Stale(StateName.RUNNING));
  }

  @Test
  void a_requeued_job_has_lost_its_result() {
    var held = aJob(StateName.SUCCEEDED);
    var queued = (Requeued.Queued) jobs().requeue(held.id(), now);
    assertThat(queries().result(held.id())).contains(new StoredResult(StateName.QUEUED, null));

    jobs().complete(claimed(queued.publication()), null, now);
    assertThat(queries().result(held.id())).contains(new StoredResult(StateName.SUCCEEDED, null));
  }

  @Test
  void a_requeue_repeated_with_its_key_changes_nothing_wherever_the_job_is() {
    var held = aJob(StateName.FAILED);
    var queued = (Requeued.Queued) jobs().requeue(held.id(), "key", now);

    assertThat(jobs().requeue(held.id(), "key", now)).isEqualTo(new Requeued.Repeated());
    var next = claimed(queued.publication());
    assertThat(jobs().requeue(held.id(), "key", now)).isEqualTo(new Requeued.Repeated());
    jobs().complete(next, "1", now);
    assertThat(jobs().requeue(held.id(), "key", now)).isEqualTo(new Requeued.Repeated());
    assertThat(find(held.id()).state().name()).isEqualTo(StateName.SUCCEEDED);

    assertThat(jobs().requeue(held.id(), "other", now)).isInstanceOf(Requeued.Queued.class);
    assertThat(jobs().requeue(held.id(), "key", now))
        .isEqualTo(new Requeued.Stale(StateName.QUEUED));
    assertThat(jobs().requeue(held.id(), now)).isEqualTo(new Requeued.Stale(StateName.QUEUED));
  }

  @Test
  void a_requeue_without_a_key_leaves_nothing_to_repeat() {
    var held = aJob(StateName.FAILED);
    var first = (Requeued.Queued) jobs().requeue(held.id(), "key", now);
    jobs().complete(claimed(first.publication()), null, now);
    var second = (Requeued.Queued) jobs().requeue(held.id(), now);
    jobs().complete(claimed(second.publication()), null, now);

    assertThat(jobs().requeue(held.id(), "key", now)).isInstanceOf(Requeued.Queued.class);
  }

  /** The moves through one door: what became of them, as a {@link Moved}. */
  private Moved make(Move move, Held held) {
    Instant due = now.plusSeconds(10);
    return switch (move) {
      case PROMOTE -> promote(held.id());
      case CLAIM -> claim(held.id());
      case COMPLETE -> jobs().complete(held, "1", now);
      case RETRY_LATER -> jobs().retryLater(held, FAILURE, due, now);
      case GIVE_UP -> jobs().giveUp(held, FAILURE, now);
      case GIVE_BACK -> jobs().giveBack(held, now);
      case CANCEL -> cancel(held);
      case REQUEUE ->
          switch (jobs().requeue(held.id(), now)) {
            case Requeued.Queued _, Requeued.Repeated _ -> new Applied(StateName.QUEUED);
            case Requeued.Stale(var state) -> new Stale(state);
            case Requeued.Missing _ -> new Missing();
          };
      case RESCUE -> rescue(held);
    };
  }

  /** What is not queued is rescued as if it had been seen running. */
  private Moved rescue(Held held) {
    var spec = queries().find(held.id()).map(Job::spec);
    boolean isQueued = spec.isPresent() && stateOf(held.id()) == StateName.QUEUED;
    if (isQueued) {
      store().outbox().confirmed(new Publication(spec.get(), 1));
      await().until(() -> store().outbox().size() == 0);
    }
    var seen =
        isQueued
            ? new Sighting.Queued(held.id(), spec.get().lane(), 1)
            : new Sighting.Running(held.id(), "worker-1", held.token());
    return switch (jobs().rescue(seen, now)) {
      case Rescued.Queued _ -> new Applied(StateName.QUEUED);
      case Rescued.Ended(var state) -> new Applied(state);
      case Rescued.Stale(var state) -> new Stale(state);
      case Rescued.Missing _ -> new Missing();
    };
  }

  /** Nobody asks to promote one job: it is refused if it is not among the promoted. */
  private Moved promote(JobId id) {
    boolean promoted = jobs().promote(now, 10).stream().anyMatch(p -> p.spec().id().equals(id));
    if (promoted) {
      return new Applied(StateName.QUEUED);
    }
    return queries()
        .find(id)
        .<Moved>map(job -> new Stale(job.state().name()))
        .orElse(new Missing());
  }

  private Moved claim(JobId id) {
    return switch (jobs().claim(id, 1, "worker-1", now)) {
      case Claim.Claimed _ -> new Applied(StateName.RUNNING);
      case Claim.Exhausted _ -> new Applied(StateName.RUNNING);
      case Claim.Stale(var state) -> new Stale(state);
      case Claim.Missing _ -> new Missing();
    };
  }

  /** Without a right only where it takes one to have it at once. */
  private Moved cancel(Held held) {
    boolean runs = queries().find(held.id()).filter(j -> j.attempt() > 0).isPresent();
    boolean waits = runs && stateOf(held.id()) == StateName.RETRYING;
    return jobs().cancel(held.id(), runs && !waits ? held : null, now);
  }
}
