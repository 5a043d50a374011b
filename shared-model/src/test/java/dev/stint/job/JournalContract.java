package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Progress, logs, and who is to be cancelled. */
public abstract class JournalContract extends StoreContract {
  private JobJournal journal() {
    return store().journal();
  }

  @Test
  void progress_is_that_of_the_current_attempt() {
    var publication = submitted(spec());
    var lost = claimed(publication);
    assertThat(find(lost.id()).progress()).isNull();
    journal().progress(lost, 0.25);
    await().until(() -> Double.valueOf(0.25).equals(find(lost.id()).progress()));

    var held = claimed(publication, "worker-2");
    assertThat(find(held.id()).progress()).isNull();
    journal().progress(lost, 0.75);
    journal().progress(held, 0.5);
    await().until(() -> Double.valueOf(0.5).equals(find(held.id()).progress()));
  }

  @Test
  void a_log_keeps_the_order_of_its_lines() {
    var held = aRunningJob();
    journal().log(held, List.of("one", "two"));
    journal().log(held, List.of());
    journal().log(held, List.of("three"));

    await().until(() -> queries().log(held.id(), 10).equals(List.of("one", "two", "three")));
    assertThat(queries().log(held.id(), 2)).containsExactly("two", "three");
  }

  @Test
  void a_log_keeps_its_newest_lines() {
    var held = aRunningJob();
    var lines = IntStream.range(0, 2 * JobJournal.MOST_LINES).mapToObj(i -> "line " + i).toList();
    lines.subList(0, 900).forEach(line -> journal().log(held, List.of(line)));
    journal().log(held, lines.subList(900, lines.size()));

    await().until(() -> queries().log(held.id(), 1).equals(List.of(lines.getLast())));
    assertThat(queries().log(held.id(), 5_000))
        .isEqualTo(lines.subList(JobJournal.MOST_LINES, lines.size()));
  }

  @Test
  void a_long_line_is_cut() {
    var held = aRunningJob();
    journal().log(held, List.of("x".repeat(JobJournal.LONGEST_LINE + 1)));

    await().until(() -> queries().log(held.id(), 1).size() == 1);
    assertThat(queries().log(held.id(), 1).getFirst()).hasSize(JobJournal.LONGEST_LINE);
  }

  @Test
  void the_last_lines_may_come_after_the_end() {
    var held = aRunningJob();
    jobs().complete(held, null, now);
    journal().log(held, List.of("bye"));

    await().until(() -> queries().log(held.id(), 1).equals(List.of("bye")));
  }

  @Test
  void a_lost_worker_and_a_job_that_is_not_there_leave_no_lines() {
    var publication = submitted(spec());
    var lost = claimed(publication);
    var held = claimed(publication, "worker-2");
    var nobody = new Held(id(0), 1, 1);
    journal().log(lost, List.of("lost"));
    journal().log(nobody, List.of("nobody"));
    journal().log(held, List.of("held"));

    await().until(() -> !queries().log(held.id(), 10).isEmpty());
    assertThat(queries().log(held.id(), 10)).containsExactly("held");
    assertThat(queries().log(nobody.id(), 10)).isEmpty();
  }

  @Test
  void of_many_running_jobs_just_those_are_told_that_were_asked_to_stop() {
    var running =
        IntStream.range(0, 12)
            .mapToObj(i -> claimed(submitted(spec("default", "square", i % PARTITIONS))).id())
            .toList();
    jobs().cancel(running.get(1), null, now);
    jobs().cancel(running.get(5), null, now);
    jobs().cancel(running.get(9), null, now);

    assertThat(journal().cancelling(running))
        .containsExactlyInAnyOrder(running.get(1), running.get(5), running.get(9));
    assertThat(journal().cancelling(running.subList(2, 6))).containsExactly(running.get(5));
    assertThat(journal().cancelling(List.of())).isEmpty();
  }

  @Test
  void an_attempt_that_failed_keeps_its_last_lines() {
    var first = List.of("one", "two \"quoted\"\n\t\u0007größer", "");
    var publication = submitted(spec());
    var held = claimed(publication);
    jobs().retryLater(held, new FailedAttempt(FAILURE, first), now, now);
    var again = claimed(jobs().promote(now, 10).getFirst());
    jobs().giveUp(again, new FailedAttempt(FAILURE, List.of("last")), now);

    assertThat(find(held.id()).attempts())
        .extracting(Attempt::log)
        .containsExactly(first, List.of("last"));
  }

  @Test
  void a_lost_attempt_keeps_the_last_lines_of_its_job() {
    var publication = submitted(spec(RetryPolicy.DEFAULT.withMaxAttempts(2)));
    var lost = claimed(publication);
    var lines = IntStream.range(0, 30).mapToObj(i -> "line \"" + i + "\" ä").toList();
    journal().log(lost, lines);
    var again = claimed(publication, "worker-2");
    journal().log(again, List.of("the end"));
    var claim = jobs().claim(lost.id(), publication.ticket(), "worker-3", now);
    var failure = Failure.of(FailureKind.LOST, "lost");
    jobs().giveUp(((Claim.Exhausted) claim).held(), failure, now);

    var attempts = find(lost.id()).attempts();
    assertThat(attempts.getFirst().log()).isEqualTo(lines.subList(10, 30));
    assertThat(attempts.getLast().log()).hasSize(20).endsWith("the end");
    assertThat(attempts.getLast().error()).isEqualTo(failure);
  }

  @Test
  void the_last_lines_of_a_lost_attempt_are_few_if_they_are_long() {
    var publication = submitted(spec());
    var lost = claimed(publication);
    var line = "\u4e2d".repeat(JobJournal.LONGEST_LINE - 1);
    journal().log(lost, IntStream.range(0, 5).mapToObj(i -> i + line).toList());
    claimed(publication, "worker-2");

    assertThat(find(lost.id()).attempts().getFirst().log()).containsExactly("4" + line);
  }

  @Test
  void an_attempt_that_was_lost_without_a_word_has_none() {
    var publication = submitted(spec());
    var lost = claimed(publication);
    claimed(publication, "worker-2");

    assertThat(find(lost.id()).attempts().getFirst().log()).isEmpty();
  }
}
