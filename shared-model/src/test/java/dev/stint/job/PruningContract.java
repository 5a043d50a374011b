package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What retention ends, and nothing else, goes. */
public abstract class PruningContract extends StoreContract {
  private static final Duration AGES = Duration.ofDays(365);

  private int prune(int most) {
    return store().pruning().prune(now, most);
  }

  @ParameterizedTest
  @EnumSource(
      value = StateName.class,
      names = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void an_ended_job_goes_when_its_retention_is_over(StateName state) {
    var held = aJob(state);
    store().journal().log(held, List.of("a line"));
    var kept =
        switch (state) {
          case SUCCEEDED -> Retention.DEFAULT.succeeded();
          case FAILED -> Retention.DEFAULT.failed();
          default -> Retention.DEFAULT.cancelled();
        };
    pass(kept.minusMillis(1));
    assertThat(prune(10)).isZero();
    assertThat(stateOf(held.id())).isEqualTo(state);

    pass(Duration.ofMillis(1));
    assertThat(prune(10)).isEqualTo(1);
    assertThat(queries().find(held.id())).isEmpty();
    assertThat(queries().result(held.id())).isEmpty();
    assertThat(queries().log(held.id(), 10)).isEmpty();
    assertThat(queries().list(JobFilter.ALL, 10, null).jobs()).isEmpty();
    assertThat(prune(10)).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = StateName.class,
      names = {"SCHEDULED", "QUEUED", "RUNNING", "RETRYING"})
  void a_job_that_has_not_ended_stays(StateName state) {
    var held = aJob(state);
    var before = find(held.id());
    pass(AGES);

    assertThat(prune(10)).isZero();
    assertThat(find(held.id())).isEqualTo(before);
  }

  @Test
  void a_job_that_was_requeued_stays() {
    var held = aJob(StateName.SUCCEEDED);
    jobs().requeue(held.id(), now);
    pass(AGES);

    assertThat(prune(10)).isZero();
    assertThat(stateOf(held.id())).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_job_that_was_cancelled_with_its_worker_lost_goes() {
    var publication = submitted(spec());
    var held = claimed(publication);
    jobs().cancel(held.id(), null, now);
    jobs().claim(held.id(), publication.ticket(), "worker-2", now);
    pass(AGES);

    assertThat(prune(10)).isEqualTo(1);
  }

  @Test
  void no_more_go_than_were_asked_for() {
    for (int i = 0; i < 7; i++) {
      jobs().complete(claimed(submitted(spec("default", "square", i % PARTITIONS))), null, now);
    }
    pass(AGES);

    assertThat(prune(5)).isEqualTo(5);
    assertThat(prune(5)).isEqualTo(2);
  }
}
