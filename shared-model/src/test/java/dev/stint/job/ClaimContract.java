package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.job.Moved.Applied;
import dev.stint.job.Moved.Stale;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tickets, lost workers, restored records, and cancelling what runs. */
public abstract class ClaimContract extends StoreContract {
  @Test
  void the_first_claim_is_attempt_one() {
    var publication = submitted(spec());
    var held = claimed(publication);

    assertThat(held.attempt()).isEqualTo(1);
    var job = find(held.id());
    assertThat(job.state()).isEqualTo(new JobState.Running(new Holder("worker-1", now)));
    assertThat(job.attempts()).containsExactly(new Attempt(1, "worker-1", now, null, null));
  }

  @Test
  void any_ticket_claims_a_queued_job() {
    var spec = spec();
    submitted(spec);

    assertThat(jobs().claim(spec.id(), 99, "worker-1", now)).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  void the_ticket_of_the_claim_takes_over_from_a_lost_worker() {
    var publication = submitted(spec());
    var lost = claimed(publication, "worker-1");
    var startedAt = now;
    pass(Duration.ofSeconds(5));

    var held = claimed(publication, "worker-2");

    assertThat(held.attempt()).isEqualTo(2);
    assertThat(held.token()).isGreaterThan(lost.token());
    var attempts = find(held.id()).attempts();
    assertThat(attempts).hasSize(2);
    assertThat(attempts.getFirst().worker()).isEqualTo("worker-1");
    assertThat(attempts.getFirst().startedAt()).isEqualTo(startedAt);
    assertThat(attempts.getFirst().finishedAt()).isEqualTo(now);
    assertThat(attempts.getFirst().error().kind()).isEqualTo(FailureKind.LOST);
    assertThat(attempts.getLast()).isEqualTo(new Attempt(2, "worker-2", now, null, null));
  }

  @Test
  void another_ticket_than_that_of_the_claim_is_a_duplicate_to_be_dropped() {
    var publication = submitted(spec());
    var held = claimed(publication);
    var before = find(held.id());

    assertThat(jobs().claim(held.id(), 2, "worker-2", now))
        .isEqualTo(new Claim.Stale(StateName.RUNNING));
    assertThat(find(held.id())).isEqualTo(before);
    assertThat(jobs().complete(held, null, now).applied()).isTrue();
  }

  @Test
  void a_job_whose_last_attempt_is_lost_is_exhausted() {
    var publication = submitted(spec());
    var id = publication.spec().id();
    claimed(publication, "worker-1");
    claimed(publication, "worker-2");
    var lost = claimed(publication, "worker-3");

    var claim = (Claim.Exhausted) jobs().claim(id, publication.ticket(), "worker-4", now);

    assertThat(claim.held().attempt()).isEqualTo(3);
    assertThat(jobs().complete(lost, null, now)).isEqualTo(new Stale(StateName.RUNNING));
    var failure = Failure.of(FailureKind.LOST, "lost too often");
    assertThat(jobs().giveUp(claim.held(), failure, now)).isEqualTo(new Applied(StateName.FAILED));
    var job = find(id);
    assertThat(job.state()).isEqualTo(new JobState.Failed(now, failure));
    assertThat(job.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(job.attempts())
        .extracting(Attempt::worker)
        .containsExactly("worker-1", "worker-2", "worker-3");
  }

  @Test
  void a_lost_record_is_restored_from_its_message() {
    var publication = new Publication(spec("reports", "word-count", 1), 4);
    var id = publication.spec().id();
    assertThat(jobs().claim(id, 4, "worker-1", now)).isEqualTo(new Claim.Missing());

    assertThat(jobs().restore(publication, now)).isEqualTo(new Applied(StateName.QUEUED));

    var job = find(id);
    assertThat(job.spec()).isEqualTo(publication.spec());
    assertThat(job.state()).isEqualTo(new JobState.Queued());
    assertThat(claimed(publication).attempt()).isEqualTo(1);
  }

  @Test
  void whoever_held_a_job_before_its_record_was_lost_is_fenced_off() {
    var publication = new Publication(spec(), 1);
    var before = new Held(publication.spec().id(), 1, 1);
    jobs().restore(publication, now);
    claimed(publication);

    assertThat(jobs().complete(before, null, now)).isEqualTo(new Stale(StateName.RUNNING));
  }

  @Test
  void a_record_that_is_there_is_not_restored() {
    var publication = submitted(spec());
    claimed(publication);
    var before = find(publication.spec().id());

    assertThat(jobs().restore(publication, now)).isEqualTo(new Stale(StateName.RUNNING));
    assertThat(find(publication.spec().id())).isEqualTo(before);
  }

  @Test
  void cancelling_a_running_job_asks_its_worker() {
    var held = aRunningJob();
    var other = aRunningJob();

    assertThat(jobs().cancel(held.id(), null, now)).isEqualTo(new Applied(StateName.RUNNING));

    assertThat(find(held.id()).cancelling()).isTrue();
    assertThat(asked(held, other)).containsExactly(held.id());
    assertThat(jobs().cancel(held.id(), held, now)).isEqualTo(new Applied(StateName.CANCELLED));
    assertThat(find(held.id()).cancelling()).isFalse();
    assertThat(asked(held, other)).isEmpty();
    var attempt = find(held.id()).attempts().getFirst();
    assertThat(attempt.error().kind()).isEqualTo(FailureKind.CANCELLED);
    assertThat(attempt.finishedAt()).isEqualTo(now);
  }

  @Test
  void a_worker_that_finishes_first_is_not_cancelled() {
    var held = aRunningJob();
    jobs().cancel(held.id(), null, now);

    assertThat(jobs().complete(held, "1", now)).isEqualTo(new Applied(StateName.SUCCEEDED));
    assertThat(find(held.id()).cancelling()).isFalse();
    assertThat(asked(held)).isEmpty();
  }

  @Test
  void a_cancelled_job_is_not_tried_again() {
    var retried = aRunningJob();
    var givenBack = aRunningJob();
    jobs().cancel(retried.id(), null, now);
    jobs().cancel(givenBack.id(), null, now);

    assertThat(jobs().retryLater(retried, FAILURE, now.plusSeconds(10), now))
        .isEqualTo(new Applied(StateName.CANCELLED));
    assertThat(jobs().giveBack(givenBack, now)).isEqualTo(new Applied(StateName.CANCELLED));
    pass(Duration.ofMinutes(1));
    assertThat(jobs().promote(now, 10)).isEmpty();
    assertThat(asked(retried, givenBack)).isEmpty();
    assertThat(find(retried.id()).attempts().getFirst().error()).isEqualTo(FAILURE);
  }

  @Test
  void a_cancelled_job_whose_worker_is_lost_is_not_claimed_again() {
    var publication = submitted(spec());
    var lost = claimed(publication);
    jobs().cancel(lost.id(), null, now);

    assertThat(jobs().claim(lost.id(), publication.ticket(), "worker-2", now))
        .isEqualTo(new Claim.Stale(StateName.CANCELLED));
    assertThat(stateOf(lost.id())).isEqualTo(StateName.CANCELLED);
    assertThat(jobs().complete(lost, null, now)).isEqualTo(new Stale(StateName.CANCELLED));
    assertThat(asked(lost)).isEmpty();
  }

  private Set<JobId> asked(Held... running) {
    return store().journal().cancelling(Arrays.stream(running).map(Held::id).toList());
  }

  @Test
  void a_job_that_is_final_once_it_is_lost_is_exhausted_by_its_first_loss() {
    var policy = RetryPolicy.DEFAULT.withNever(Set.of(FailureKind.LOST), Set.of());
    var publication = submitted(spec(policy));
    claimed(publication);

    var claim = jobs().claim(publication.spec().id(), publication.ticket(), "worker-2", now);

    assertThat(claim).isInstanceOf(Claim.Exhausted.class);
    assertThat(((Claim.Exhausted) claim).held().attempt()).isEqualTo(1);
  }

  @Test
  void a_restored_job_that_is_final_once_it_is_lost_is_still() {
    var policy = RetryPolicy.DEFAULT.withNever(Set.of(FailureKind.LOST), Set.of());
    var publication = new Publication(spec(policy), 1);
    jobs().restore(publication, now);
    claimed(publication);

    assertThat(jobs().claim(publication.spec().id(), 1, "worker-2", now))
        .isInstanceOf(Claim.Exhausted.class);
  }
}
