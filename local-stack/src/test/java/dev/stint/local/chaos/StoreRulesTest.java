package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.local.chaos.Ask.End;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreRulesTest {
  private final Story story = new Story();

  @BeforeEach
  void oneJob() {
    story.job("a", End.SUCCEEDED, "succeeded", 1);
  }

  @Test
  void the_keys_of_ended_jobs_and_workers_are_fine() {
    story
        .key("stint:{p000}:ix:default:quick:succeeded", "a")
        .key("stint:{p000}:lanes", "default:quick")
        .key("stint:{p000}:totals", "default:quick:succeeded")
        .key("stint:{p000}:ended", "a")
        .key("stint:{p000}:log:a")
        .key("stint:{workers}:info", "worker-1-m1-101")
        .key("stint:{workers}:seen", "worker-1-m1-101")
        .key("stint:{workers}:rejected")
        .key("stint:{workers}:rejections");

    assertThat(violated()).isEmpty();
  }

  @Test
  void counters_that_are_off_are_seen() {
    story.ended.put("default:quick:succeeded", 2L);
    story.kept.put("default:quick:queued", 1L);

    assertThat(violated())
        .containsExactly(
            Map.entry(
                "ended counters equal records",
                List.of("default:quick:succeeded says 2, records are 1")),
            Map.entry(
                "kept counters equal records",
                List.of("default:quick:queued says 1, records are null")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"outbox", "due", "cancels"})
  void what_is_left_to_do_is_seen(String name) {
    story.key("stint:{p003}:" + name, "a:1");

    assertThat(violated().get("outbox, due and cancels are empty"))
        .containsExactly(name + " has a:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stint:{p000}:job:b",
        "stint:{p000}:log:b",
        "stint:{p000}:surprise",
        "stint:{workers}:drain:worker-1-m1-101",
        "other"
      })
  void a_key_that_belongs_to_nobody_is_seen(String key) {
    story.key(key);

    assertThat(violated()).containsEntry("no key without a job or worker", List.of(key));
  }

  @Test
  void an_index_with_a_strange_job_or_of_a_passing_state_is_seen() {
    story.key("stint:{p000}:ix:default:quick:succeeded", "a", "b");
    story.key("stint:{p000}:ix:default:quick:running", "a");
    story.key("stint:{p000}:ended", "c");

    assertThat(violated().get("no key without a job or worker"))
        .containsExactly(
            "stint:{p000}:ix:default:quick:running",
            "stint:{p000}:ix:default:quick:succeeded",
            "ended has c");
  }

  @Test
  void a_worker_that_never_was_is_seen() {
    story.key("stint:{workers}:lost", "worker-9-m1-999");

    assertThat(violated()).containsOnlyKeys("no key without a job or worker");
  }

  @Test
  void an_idempotency_key_too_many_is_seen() {
    story.key("stint:{p001}:idem:more");

    assertThat(violated())
        .containsExactly(
            Map.entry("an idempotency key for each request", List.of("2 keys, 1 requests")));
  }

  private Map<String, List<String>> violated() {
    return Story.violated(new StoreRules(story.evidence()).check());
  }
}
