package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.handler.Outcome;
import dev.stint.worker.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InspectorTest extends ExecutorBench {
  @AfterEach
  void thaw() {
    redis.thaw();
  }

  @Test
  void what_is_no_job_goes_back_as_long_as_it_cannot_be_shown() {
    var executor = executor(_ -> Outcome.done());
    var first = new Hand("{]".getBytes(StandardCharsets.UTF_8), 1);
    redis.freeze();

    executor.run(LANE, first);

    assertThat(first.settled).containsExactly("released");
    assertThat(tally.rejections()).isZero();
    redis.thaw();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> {
          var again = new Hand("{]".getBytes(StandardCharsets.UTF_8), 1);
          executor.run(LANE, again);
          assertThat(again.settled).singleElement().asString().startsWith("rejected: not a job");
        });
    assertThat(tally.rejections()).isEqualTo(1);
    assertThat(store.deadLetters().newest()).extracting(DeadLetter::body).contains("{]");
  }
}
