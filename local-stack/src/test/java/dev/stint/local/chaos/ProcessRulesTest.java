package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessRulesTest {
  private static final String LEAKS = "no connection, thread or file is leaked";

  private static final String ENDINGS = "processes end only when they are told to";

  private final Story story = new Story();

  @BeforeEach
  void freshOnes() {
    story.fresh.add(new Usage("worker-fresh", 50, 30, 2, 1));
    story.fresh.add(new Usage("producer-fresh", 90, 60, 2, 1));
  }

  @Test
  void what_a_fresh_one_holds_is_fine() {
    story.living.add(new Usage("worker-1", 52, 28, 2, 1));
    story.living.add(new Usage("producer-1", 95, 70, 2, 1));

    assertThat(violated()).isEmpty();
  }

  @Test
  void leaked_files_and_threads_are_seen() {
    story.living.add(new Usage("worker-1", 90, 30, 2, 1));
    story.living.add(new Usage("worker-2", 50, 60, 2, 1));

    assertThat(violated().get(LEAKS)).hasSize(2);
  }

  @Test
  void a_connection_too_many_or_too_few_is_seen() {
    story.living.add(new Usage("worker-1", 50, 30, 3, 1));
    story.living.add(new Usage("producer-1", 90, 60, 2, 0));

    assertThat(violated().get(LEAKS))
        .containsExactly(
            "worker-1 50 files, 30 threads, 3+1 connections; a fresh one: worker-fresh 50 files,"
                + " 30 threads, 2+1 connections",
            "producer-1 90 files, 60 threads, 2+0 connections; a fresh one: producer-fresh 90"
                + " files, 60 threads, 2+1 connections");
  }

  @Test
  void a_process_that_ended_by_itself_is_seen() {
    story.deaths.add(new Death("worker-1", 101, 3));
    story.mishaps.add("worker-2 did not end after SIGTERM");

    assertThat(violated())
        .containsExactly(
            Map.entry(
                ENDINGS,
                List.of(
                    "worker-2 did not end after SIGTERM",
                    "worker-1 (101) ended by itself, exit code 3")));
  }

  @Test
  void a_worker_may_be_killed_by_a_poison_job_that_it_ran_and_by_nothing_else() {
    story.line("S", "a", 1, 101, 10, "poison").line("S", "b", 1, 102, 10);
    story.deaths.add(new Death("worker-1", 101, 137));
    assertThat(violated()).isEmpty();

    story.deaths.add(new Death("worker-1", 101, 1));
    story.deaths.add(new Death("worker-2", 102, 137));
    assertThat(violated().get(ENDINGS)).hasSize(2);
  }

  private Map<String, List<String>> violated() {
    return Story.violated(new ProcessRules(story.evidence()).check());
  }
}
