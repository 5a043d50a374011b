package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.local.chaos.Ask.End;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRulesTest {
  private final Story story = new Story();

  @Test
  void jobs_that_ended_as_they_should_are_fine() {
    story
        .job("a", End.SUCCEEDED, "succeeded", 2, "error")
        .job("b", End.FAILED, "failed", 3, "error", "error", "error")
        .job("c", End.CANCELLED, "cancelled", 1, "cancelled")
        .job("d", End.SUCCEEDED, "failed", 3, "lost", "lost", "lost");

    assertThat(violated()).isEmpty();
  }

  @Test
  void a_job_that_is_not_final_is_seen() {
    story.job("a", End.SUCCEEDED, "running", 1);

    assertThat(violated())
        .containsExactly(
            Map.entry(
                "every job answered 202 is in a final state", List.of("a is running, attempt 1")));
  }

  @Test
  void a_job_without_a_record_is_seen() {
    story.accepted("a", End.SUCCEEDED);

    assertThat(violated())
        .containsEntry("every job answered 202 is in a final state", List.of("a has no record"));
  }

  @Test
  void a_record_that_nobody_asked_for_is_seen() {
    story.record("a", "succeeded", 1);

    assertThat(violated())
        .containsEntry(
            "every job there is was answered 202", List.of("a was never answered with 202"));
  }

  @Test
  void two_jobs_of_one_key_are_seen() {
    var ask = story.accepted("a", End.SUCCEEDED);
    story.record("a", "succeeded", 1);
    story.ledger.accepted(ask, "b");

    assertThat(violated())
        .containsExactly(
            Map.entry("an idempotency key makes one job", List.of("key-a made a and b")));
  }

  @Test
  void a_failure_without_a_reason_is_seen() {
    story.job("a", End.SUCCEEDED, "failed", 3, "error", "error", "error");

    assertThat(violated()).containsOnlyKeys("jobs end as they should");
  }

  @Test
  void a_poison_job_fails_by_the_loss_of_its_worker_in_each_attempt() {
    story.job("a", End.LOST, "failed", 3, "lost", "lost", "lost");
    assertThat(violated()).isEmpty();

    story.job("b", End.LOST, "succeeded", 3, "lost", "lost");
    story.job("c", End.LOST, "failed", 2, "lost", "lost");
    story.job("d", End.LOST, "failed", 3, "lost", "lost", "exit");
    assertThat(violated().get("jobs end as they should")).hasSize(3);
  }

  @Test
  void a_job_that_nobody_cancelled_and_one_that_went_on_are_seen() {
    story.job("a", End.SUCCEEDED, "cancelled", 0);
    story.ledger.cancelled(story.accepted("b", End.CANCELLED));
    story.record("b", "succeeded", 1);

    assertThat(violated().get("jobs end as they should"))
        .hasSize(2)
        .anyMatch(offender -> offender.startsWith("a "))
        .anyMatch(offender -> offender.startsWith("b "));
  }

  @Test
  void an_attempt_too_many_is_seen() {
    story.job("a", End.SUCCEEDED, "succeeded", 4, "error", "error", "error");

    assertThat(violated())
        .containsEntry("attempts are within the limit", List.of("a attempt 4 of 3"));
  }

  @Test
  void a_refused_request_is_seen() {
    story.ledger.refused("key-a: 500");

    assertThat(violated())
        .containsExactly(Map.entry("requests are answered 202, or 503", List.of("key-a: 500")));
  }

  private Map<String, List<String>> violated() {
    return Story.violated(new JobRules(story.evidence()).check());
  }
}
