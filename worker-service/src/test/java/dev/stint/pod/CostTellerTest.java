package dev.stint.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CostTellerTest {
  private static final Logger LOGGER = Logger.getLogger(CostTeller.class.getName());

  private int cost;
  private long nanos;
  private final List<Integer> told = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final Lines lines = new Lines();
  private final CostTeller teller =
      new CostTeller(
          now -> {
            told.add(now);
            return answers.isEmpty() ? new Answer.Done() : answers.pop();
          },
          new PatchPolicy(Duration.ofSeconds(10)),
          () -> cost,
          () -> nanos);

  @BeforeEach
  void listen() {
    LOGGER.setLevel(Level.ALL);
    LOGGER.addHandler(lines);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(lines);
    teller.close();
  }

  @Test
  void it_tells_what_the_policy_finds_worth_telling() throws Exception {
    pass(30);
    cost = 1;
    pass(5);
    cost = 4;
    pass(20);
    cost = 0;
    pass(30);

    assertThat(told).containsExactly(0, 1, 4, 0);
    assertThat(lines.of(Level.INFO)).containsExactly("pod deletion cost is told");
  }

  @Test
  void a_refusal_is_logged_once_with_the_rule_that_is_missing() throws Exception {
    answers.add(new Answer.Refused(403, "cannot patch pods"));
    answers.add(new Answer.Refused(403, "cannot patch pods"));
    answers.add(new Answer.Away("reset"));
    answers.add(new Answer.Refused(403, "cannot patch pods"));

    pass(3600);

    assertThat(told).hasSize(5);
    assertThat(lines.of(Level.WARNING))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("403", "cannot patch pods", "verbs [patch]"))
        .anySatisfy(line -> assertThat(line).contains("reset"));
    assertThat(lines.of(Level.INFO)).containsExactly("pod deletion cost is told");
  }

  @Test
  void trouble_after_it_went_well_is_logged_anew() throws Exception {
    answers.add(new Answer.Away("reset"));
    pass(100);
    cost = 1;
    answers.add(new Answer.Away("reset"));
    pass(100);

    assertThat(lines.of(Level.WARNING)).hasSize(2);
    assertThat(lines.of(Level.INFO)).hasSize(2);
  }

  private void pass(int seconds) throws InterruptedException {
    for (int second = 0; second < seconds; second++) {
      teller.runOnce();
      nanos += Duration.ofSeconds(1).toNanos();
    }
  }

  private static final class Lines extends Handler {
    private final List<LogRecord> records = new ArrayList<>();

    List<String> of(Level level) {
      return records.stream()
          .filter(line -> line.getLevel().intValue() == level.intValue())
          .map(line ->
              line instanceof org.jboss.logmanager.ExtLogRecord full
                  ? full.getFormattedMessage()
                  : line.getMessage())
          .toList();
    }

    @Override
    public void publish(LogRecord line) {
      records.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
