package dev.stint.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What comes when the faults are over: waits for quiet, and gathers what there is to be known. */
final class Aftermath {
  private static final Duration QUIET = Duration.ofMinutes(3);
  private static final Duration REST = Duration.ofSeconds(90);
  private static final int VOLLEY = 60;
  private static final List<String> FRESH = List.of("producer-fresh", "worker-fresh");
  private static final List<String> OPEN = List.of("scheduled", "queued", "running", "retrying");

  private final ChaosStack stack;
  private final Ledger ledger;
  private final Consumer<String> news;

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  Aftermath(ChaosStack stack, Ledger ledger, Consumer<String> news) {
    this.stack = stack;
    this.ledger = ledger;
    this.news = news;
  }

  /**
   * Returns when all jobs have ended, or it is certain that they do not.
   *
   * @param stream for a last volley of jobs, which fresh processes run with those that are there
   */
  void settle(JobStream stream, Producers producers) throws IOException, InterruptedException {
    await(QUIET, () -> isQuiet(producers));
    news.accept("the last volley");
    FRESH.forEach(stack::startService);
    stack.awaitReady();
    stream.volley(VOLLEY);
    await(QUIET, () -> isQuiet(producers));
  }

  /** What there is to be known; before that, processes get time to let go of what they held. */
  Evidence evidence(Producers producers, Outages outages, List<String> mishaps)
      throws IOException, InterruptedException {
    await(
        REST,
        () ->
            new ProcessRules(gather(producers, outages, mishaps))
                .check().stream().allMatch(Finding::holds));
    return gather(producers, outages, mishaps);
  }

  /** Goes on when it holds, or when it is certain not to. */
  private static void await(Duration atMost, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.holds() && System.nanoTime() < deadline) {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private boolean isQuiet(Producers producers) throws IOException, InterruptedException {
    var counts = producers.get("/api/v1/queues").path("totals").path("counts");
    return OPEN.stream().allMatch(state -> counts.path(state).asLong() == 0)
        && StoreLook.at(stack.redisPort()).all("outbox").isEmpty();
  }

  private Evidence gather(Producers producers, Outages outages, List<String> mishaps)
      throws IOException, InterruptedException {
    var lanes = producers.get("/api/v1/queues").path("items");
    return new Evidence(
        ledger,
        producers.jobs(),
        Run.read(stack.journal()),
        counts(lanes, "ended"),
        counts(lanes, "counts"),
        StoreLook.at(stack.redisPort()),
        new Evidence.Processes(
            outages, stack.pids(), usage(Names.services().stream()), usage(FRESH.stream())),
        mishaps);
  }

  private List<Usage> usage(Stream<String> names) {
    return names.map(name -> Usage.of(name, stack)).toList();
  }

  private static Map<String, Long> counts(JsonNode lanes, String what) {
    var counts = new HashMap<String, Long>();
    for (var lane : lanes) {
      var name = lane.path("queue").asText() + ":" + lane.path("task").asText();
      lane.path(what)
          .properties()
          .forEach(state -> counts.put(name + ":" + state.getKey(), state.getValue().asLong()));
    }
    return counts;
  }
}
