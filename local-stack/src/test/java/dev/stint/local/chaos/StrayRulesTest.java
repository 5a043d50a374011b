package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrayRulesTest {
  private static final String DEAD = "messages that are no jobs are dead letters";
  private static final String SHOWN = "messages that are no jobs are shown and counted";

  private final Story story = new Story();

  @Test
  void what_is_dead_and_shown_is_fine() {
    sent("one", 10, true);
    story.dead.add("one");
    shown("one");

    assertThat(violated()).isEmpty();
  }

  @Test
  void what_is_nowhere_is_seen() {
    sent("one", 10, true);

    assertThat(violated())
        .containsOnly(
            Map.entry(DEAD, List.of("one")),
            Map.entry(SHOWN, List.of("0 are counted, and 1 were sent", "one")));
  }

  @Test
  void what_is_shown_instead_of_another_is_seen() {
    sent("one", 10, true);
    story.dead.add("one");
    shown("two");

    assertThat(violated()).containsExactly(Map.entry(SHOWN, List.of("one")));
  }

  @Test
  void what_the_broker_had_before_it_was_wiped_may_be_lost_and_nothing_after() {
    sent("one", 10, true);
    sent("two", 30, true);
    story.outages.wiped(20);

    assertThat(violated().get(DEAD)).containsExactly("two");
  }

  @Test
  void what_the_broker_never_confirmed_may_be_there_or_not() {
    sent("one", 10, false);
    assertThat(violated()).isEmpty();

    story.dead.add("one");
    shown("one");
    assertThat(violated()).isEmpty();
  }

  @Test
  void of_many_only_the_newest_are_shown_and_all_are_counted() {
    sent("one", 10, true);
    story.dead.add("one");
    shown("two");
    story.counted = 101;

    assertThat(violated()).isEmpty();
  }

  @Test
  void a_job_among_the_dead_letters_is_seen() {
    story.dead.add("Message{job}");

    assertThat(violated())
        .containsExactly(Map.entry("no job is a dead letter", List.of("Message{job}")));
  }

  private void sent(String text, long at, boolean confirmed) {
    story.sent.add(new Strays.Sent(text, at, confirmed));
  }

  private void shown(String text) {
    story.shown.add(text);
    story.counted++;
  }

  private Map<String, List<String>> violated() {
    return Story.violated(new StrayRules(story.evidence()).check());
  }
}
