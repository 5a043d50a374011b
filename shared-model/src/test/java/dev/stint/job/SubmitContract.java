package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How jobs come in, when they come due, and that what they bring survives. */
public abstract class SubmitContract extends StoreContract {
  private static final IdempotencyKey KEY = new IdempotencyKey("order-17 ", "print-1");

  @Test
  void a_job_without_a_time_is_queued_with_ticket_one() {
    var spec = spec();

    assertThat(jobs().submit(spec, null))
        .isEqualTo(new Submission.Queued(new Publication(spec, 1)));
    assertThat(find(spec.id()).spec()).isEqualTo(spec);
    assertThat(find(spec.id()).state()).isEqualTo(new JobState.Queued());
    assertThat(find(spec.id()).attempt()).isZero();
  }

  @Test
  void a_job_that_was_due_before_it_was_made_is_queued() {
    assertThat(jobs().submit(specDueIn(Duration.ofSeconds(-1)), null))
        .isInstanceOf(Submission.Queued.class);
    assertThat(jobs().submit(specDueIn(Duration.ZERO), null)).isInstanceOf(Submission.Queued.class);
  }

  @Test
  void a_job_with_a_time_is_queued_then_and_not_before() {
    var spec = specDueIn(Duration.ofSeconds(10));
    assertThat(jobs().submit(spec, null)).isEqualTo(new Submission.Scheduled(spec.id()));
    assertThat(find(spec.id()).state()).isEqualTo(new JobState.Scheduled(spec.dueAt()));
    assertThat(store().outbox().size()).isZero();

    assertThat(jobs().promote(spec.dueAt().minusMillis(1), 10)).isEmpty();
    assertThat(jobs().promote(spec.dueAt(), 10)).containsExactly(new Publication(spec, 1));
    assertThat(jobs().promote(spec.dueAt(), 10)).isEmpty();
    assertThat(store().outbox().size()).isEqualTo(1);
  }

  @Test
  void a_retry_gets_a_ticket_of_its_own() {
    var first = submitted(spec());
    jobs().retryLater(claimed(first), FAILURE, now.plusSeconds(1), now);
    pass(Duration.ofSeconds(1));

    assertThat(jobs().promote(now, 10)).containsExactly(new Publication(first.spec(), 2));
  }

  @Test
  void no_more_jobs_are_promoted_than_were_asked_for() {
    for (int i = 0; i < 7; i++) {
      jobs().submit(specDueIn(Duration.ofSeconds(1 + i)), null);
    }
    pass(Duration.ofMinutes(1));

    assertThat(jobs().promote(now, 5)).hasSize(5);
    assertThat(jobs().promote(now, 5)).hasSize(2);
  }

  @Test
  void jobs_of_all_partitions_are_promoted() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var held = claimed(submitted(spec("default", "square", partition)));
      jobs().retryLater(held, FAILURE, now, now);
    }

    assertThat(jobs().promote(now, 10))
        .extracting(publication -> publication.spec().id().partition())
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void the_same_request_under_the_same_key_makes_one_job() {
    var spec = spec();
    jobs().submit(spec, KEY);
    var again = spec();

    assertThat(jobs().submit(again, KEY)).isEqualTo(new Submission.Duplicate(spec.id()));
    assertThat(queries().find(again.id())).isEmpty();
    assertThat(store().outbox().size()).isEqualTo(1);
  }

  @Test
  void another_request_under_the_same_key_is_refused() {
    var spec = spec();
    jobs().submit(spec, KEY);

    assertThat(jobs().submit(spec(), new IdempotencyKey(KEY.key(), "print-2")))
        .isEqualTo(new Submission.KeyReused(spec.id()));
  }

  @Test
  void a_key_keeps_its_job_when_that_has_ended() {
    var spec = spec();
    var queued = (Submission.Queued) jobs().submit(spec, KEY);
    jobs().complete(claimed(queued.publication()), null, now);

    assertThat(jobs().submit(spec(), KEY)).isEqualTo(new Submission.Duplicate(spec.id()));
  }

  @Test
  void other_keys_make_other_jobs() {
    jobs().submit(spec(), KEY);

    assertThat(jobs().submit(spec(), new IdempotencyKey(KEY.key().strip(), "print-1")))
        .isInstanceOf(Submission.Queued.class);
  }

  @Test
  void a_submit_repeated_by_its_own_id_changes_nothing() {
    var spec = spec();
    claimed(submitted(spec));
    var before = find(spec.id());

    assertThat(jobs().submit(spec, null)).isEqualTo(new Submission.Duplicate(spec.id()));
    assertThat(find(spec.id())).isEqualTo(before);
  }

  static Stream<String> awkward() {
    return Stream.of(
        "",
        " ",
        "a:b{c}d|e;f,g\\h/i%j*k?l[m]",
        "\"quoted\" and 'quoted'",
        "lines\nand\r\nlines\tand\u0000\u001f\u007f\u2028",
        "größer 日本語 \uD83D\uDE80 \u202Eright-to-left",
        "$3\r\nfoo\r\n*1\r\n+OK\r\n",
        "nil false 1e400 !running",
        "x".repeat(40_000));
  }

  @ParameterizedTest
  @MethodSource("awkward")
  void awkward_text_survives_everywhere(String text) {
    var id = id(2);
    var params = new HashMap<String, Object>(Map.of("text", text, text, List.of(text, 1, true)));
    params.put("nothing", null);
    var spec =
        new JobSpec(
            id,
            "square",
            "default",
            params,
            9,
            Map.of("label", text),
            now,
            null,
            Duration.ofMillis(1),
            RetryPolicy.DEFAULT);
    var key = new IdempotencyKey(text, text);
    var failure = new Failure(FailureKind.HTTP, text, text);
    var result = "{\"it\":\"" + text.replace("\"", "") + "\"}";

    var queued = (Submission.Queued) jobs().submit(spec, key);
    assertThat(jobs().submit(spec("default", "square", 2), key))
        .isEqualTo(new Submission.Duplicate(id));
    jobs().retryLater(claimed(queued.publication(), text), failure, now, now);
    var held = claimed(jobs().promote(now, 1).getFirst());
    store().journal().log(held, List.of(text));
    jobs().complete(held, result, now);

    var job = find(id);
    assertThat(job.spec()).isEqualTo(spec);
    assertThat(job.attempts().getFirst().worker()).isEqualTo(text);
    assertThat(job.attempts().getFirst().error()).isEqualTo(failure);
    assertThat(queries().result(id)).contains(new StoredResult(StateName.SUCCEEDED, result));
    assertThat(queries().log(id, 1).getFirst()).isEqualTo(JobJournal.cut(text));
  }

  @Test
  void a_result_of_a_mebibyte_survives() {
    var result = "\"" + "ü".repeat(1 << 19) + "\"";
    var held = aRunningJob();
    jobs().complete(held, result, now);

    assertThat(queries().result(held.id())).contains(new StoredResult(StateName.SUCCEEDED, result));
  }
}
