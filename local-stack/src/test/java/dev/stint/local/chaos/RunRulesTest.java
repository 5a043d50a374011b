package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.local.chaos.Ask.End;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRulesTest {
  private final Story story = new Story();

  @Test
  void a_run_for_each_success_is_fine() {
    story.job("a", End.SUCCEEDED, "succeeded", 2, "error");
    story.line("S", "a", 1, 102, 10).line("F", "a", 1, 102, 20);
    story.line("S", "a", 2, 101, 30).line("E", "a", 2, 101, 40);

    assertThat(violated()).isEmpty();
  }

  @Test
  void a_success_that_no_handler_knows_of_is_seen() {
    story.job("a", End.SUCCEEDED, "succeeded", 1);
    story.job("b", End.SUCCEEDED, "succeeded", 1);
    story.line("S", "a", 1, 101, 10).line("F", "a", 1, 101, 20);
    story.line("S", "b", 1, 102, 30).line("E", "b", 1, 102, 40);

    assertThat(violated().get("each success is a run that ended"))
        .hasSize(2)
        .anyMatch(offender -> offender.startsWith("a attempt 1"))
        .anyMatch(offender -> offender.startsWith("b attempt 1"));
  }

  @Test
  void a_second_end_needs_a_lost_worker() {
    story.job("a", End.SUCCEEDED, "succeeded", 2, "lost");
    story.job("b", End.SUCCEEDED, "succeeded", 2, "error");
    for (var job : List.of("a", "b")) {
      story.line("S", job, 1, 102, 10).line("E", job, 1, 102, 20);
      story.line("S", job, 2, 101, 30).line("E", job, 2, 101, 40);
    }

    assertThat(violated())
        .containsExactly(
            Map.entry("no job succeeds twice", List.of("b ended 2 times, workers lost: 0")));
  }

  @Test
  void two_runs_at_once_need_a_worker_that_was_away() {
    story.job("a", End.SUCCEEDED, "succeeded", 2, "lost");
    story.line("S", "a", 1, 102, 10).line("S", "a", 2, 101, 30).line("E", "a", 2, 101, 40);
    assertThat(violated()).containsOnlyKeys("no job runs twice at once");

    story.outages.add(new Outages.Outage("worker-1", true, 0, 50));
    story.outages.add(new Outages.Outage("worker-2", true, 31, 50));
    story.outages.add(new Outages.Outage("worker-2", false, 0, 50));
    assertThat(violated()).containsOnlyKeys("no job runs twice at once");

    story.outages.add(new Outages.Outage("worker-2", true, 15, 25));
    assertThat(violated()).isEmpty();
  }

  @Test
  void a_broker_that_was_away_explains_two_runs_at_once_too() {
    story.job("a", End.SUCCEEDED, "succeeded", 2, "lost");
    story.line("S", "a", 1, 102, 10).line("S", "a", 2, 101, 30).line("E", "a", 2, 101, 40);
    story.outages.add(new Outages.Outage("broker", true, 15, 25));

    assertThat(violated()).isEmpty();
  }

  @Test
  void a_run_beyond_the_last_attempt_is_seen() {
    story.job("a", End.FAILED, "failed", 3, "error", "error", "error");
    story.line("S", "a", 4, 101, 10).line("F", "a", 4, 101, 20);

    assertThat(violated()).containsOnlyKeys("no run is beyond the last attempt");
  }

  @Test
  void more_runs_than_slots_are_seen() {
    for (int job = 0; job < ChaosStack.SLOTS; job++) {
      story.line("S", "job" + job, 1, 101, 10 + job);
    }
    assertThat(violated()).isEmpty();

    story.line("S", "another", 1, 101, 50);
    assertThat(violated())
        .containsExactly(
            Map.entry(
                "a worker runs no more than its slots", List.of("process 101 ran 5 at once")));
  }

  @Test
  void slots_are_free_again_after_a_run() {
    for (int job = 0; job < 10; job++) {
      story.line("S", "job" + job, 1, 101, 10 + 10 * job);
      story.line(job % 2 == 0 ? "E" : "F", "job" + job, 1, 101, 20 + 10 * job);
    }

    assertThat(violated()).isEmpty();
  }

  @Test
  void more_runs_than_a_tasks_limit_are_seen() {
    story.line("S", "a", 1, 101, 10).line("S", "b", 1, 102, 10).line("S", "c", 1, 101, 20);

    assertThat(Story.violated(new RunRules(story.evidence(), Map.of("quick", 1)).check()))
        .containsExactly(
            Map.entry(
                "a worker runs no more than a task's limit", List.of("process 101 ran 2 at once")));
  }

  private Map<String, List<String>> violated() {
    return Story.violated(new RunRules(story.evidence(), Map.of("quick", 5)).check());
  }
}
