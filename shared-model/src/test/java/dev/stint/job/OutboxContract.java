package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was queued and not confirmed is found again. */
public abstract class OutboxContract extends StoreContract {
  private static final Duration WAIT = Duration.ofSeconds(5);

  private Outbox outbox() {
    return store().outbox();
  }

  private List<Publication> overdue(int most) {
    return outbox().overdue(now.minus(WAIT), now, most);
  }

  @Test
  void a_confirmed_publication_is_never_overdue() {
    outbox().confirmed(submitted(spec()));

    await().until(() -> outbox().size() == 0);
    pass(Duration.ofHours(1));
    assertThat(overdue(10)).isEmpty();
  }

  @Test
  void many_confirmations_at_once_remove_just_their_entries() {
    var kept = submitted(spec());
    for (int i = 0; i < 600; i++) {
      outbox().confirmed(submitted(spec("default", "square", i % PARTITIONS)));
    }

    await().until(() -> outbox().size() == 1);
    pass(Duration.ofHours(1));
    assertThat(overdue(10)).containsExactly(new Publication(kept.spec(), 2));
  }

  @Test
  void a_publication_is_overdue_when_it_is_older_than_that() {
    var publication = submitted(spec());
    pass(WAIT);
    assertThat(overdue(10)).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(overdue(10)).containsExactly(new Publication(publication.spec(), 2));
  }

  @Test
  void an_overdue_publication_has_as_much_time_again() {
    submitted(spec());
    pass(WAIT.plusMillis(1));
    var second = overdue(10).getFirst();
    assertThat(overdue(10)).isEmpty();

    pass(WAIT.plusMillis(1));
    assertThat(overdue(10)).containsExactly(new Publication(second.spec(), 3));
  }

  @Test
  void a_late_confirmation_of_the_first_publication_does_not_confirm_the_second() {
    var first = submitted(spec());
    pass(WAIT.plusMillis(1));
    var second = overdue(10).getFirst();
    outbox().confirmed(first);
    outbox().confirmed(submitted(spec()));

    await().until(() -> outbox().size() == 1);
    outbox().confirmed(second);
    await().until(() -> outbox().size() == 0);
  }

  @Test
  void a_clock_that_is_set_back_holds_no_publication_up() {
    for (int i = 0; i < PARTITIONS; i++) {
      submitted(spec("default", "square", i));
    }

    pass(Duration.ofMinutes(-1));
    assertThat(overdue(10)).isEmpty();
    pass(Duration.ofHours(-1));
    assertThat(overdue(10)).hasSize(PARTITIONS);

    assertThat(overdue(10)).isEmpty();
    assertThat(outbox().size()).isEqualTo(PARTITIONS);
  }

  @ParameterizedTest
  @EnumSource(
      value = StateName.class,
      names = {"QUEUED", "SCHEDULED"},
      mode = EnumSource.Mode.EXCLUDE)
  void a_job_that_is_queued_no_more_needs_no_publication(StateName state) {
    aJob(state);
    assertThat(outbox().size()).isEqualTo(1);
    pass(WAIT.plusMillis(1));

    assertThat(overdue(10)).isEmpty();
    assertThat(outbox().size()).isZero();
  }

  @Test
  void no_more_are_taken_than_were_asked_for() {
    for (int i = 0; i < 7; i++) {
      submitted(spec("default", "square", i % PARTITIONS));
    }
    pass(WAIT.plusMillis(1));

    assertThat(overdue(5)).hasSize(5);
    assertThat(overdue(5)).hasSize(2);
    assertThat(outbox().size()).isEqualTo(7);
  }

  @Test
  void a_job_given_back_needs_no_publication_since_its_message_is_released() {
    var publication = submitted(spec());
    outbox().confirmed(publication);
    await().until(() -> outbox().size() == 0);

    jobs().giveBack(claimed(publication), now);

    assertThat(outbox().size()).isZero();
  }
}
