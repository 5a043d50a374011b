package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.local.service.ServiceProgram;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A handler takes all the memory that its worker has, on each worker that runs it. */
class OutOfMemoryTest extends FreshFleet {
  private static final String OPTION = "-XX:+ExitOnOutOfMemoryError";

  @Test
  void the_worker_ends_and_its_jobs_run_on_another_but_for_the_one_that_did_it() throws Exception {
    // Once without the option, as someone may start it who does not read the documentation.
    var first = fleet.worker("first", 4, small(option -> !option.equals(OPTION)));
    var others = fleet.api().submit(3, "journal", fleet.journaled(3_000), Map.of("maxAttempts", 5));
    await().atMost(MINUTE).until(() -> fleet.journal().started().size() == 3);
    var culprit = fleet.api().submit("hoard", Map.of());
    assertThat(first.awaitExit(MINUTE)).isTrue();
    assertThat(first.exitCode()).hasValue(3);

    var second = fleet.startWorker("second", 4, small(_ -> true));
    assertThat(second.awaitExit(MINUTE)).isTrue();
    assertThat(second.exitCode()).hasValue(3);

    fleet.worker("third", 4);
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 3);
    await().atMost(MINUTE).until(() -> fleet.api().state(culprit).equals("failed"));
    assertThat(fleet.api().job(culprit).at("/error/kind").asText()).isEqualTo("lost");
    assertThat(fleet.api().job(culprit).path("attempt").asInt()).isEqualTo(2);
    // One may have come to its end just before its worker did, and then once more.
    assertThat(Set.copyOf(fleet.journal().ended())).isEqualTo(Set.copyOf(others));
  }

  /** A worker with little memory. */
  private static ServiceProgram small(Predicate<String> option) {
    var whole = Services.worker();
    var command = new ArrayList<>(whole.command().stream().filter(option).toList());
    command.removeIf(each -> each.startsWith("-Xmx"));
    // Right after the program: a JVM takes for itself what comes before -jar.
    command.add(1, "-Xmx96m");
    return new ServiceProgram(command, whole.mode());
  }
}
