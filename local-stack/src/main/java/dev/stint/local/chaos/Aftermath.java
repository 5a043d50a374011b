package dev.stint.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What comes when the faults are over: waits for quiet, and gathers what there is to be known. */
final class Aftermath {
  private static final System.Logger LOG = System.getLogger(Aftermath.class.getName());

  /** A broker that was wiped just before leaves runs that are given up only after 45 s. */
  private static final Duration QUIET = Duration.ofMinutes(4);

  private static final Duration REST = Duration.ofSeconds(90);
  private static final int VOLLEY = 60;
  private static final List<String> FRESH = List.of("producer-fresh", "worker-fresh");
  private static final List<String> STRAYED = List.of("quick", "command");
  private static final List<String> OPEN = List.of("scheduled", "queued", "running", "retrying");

  private final ChaosStack stack;
  private final Ledger ledger;
  private final Intruder intruder;
  private final Consumer<String> news;
  private final DeadQueue deadQueue = new DeadQueue();

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  Aftermath(ChaosStack stack, Ledger ledger, Intruder intruder, Consumer<String> news) {
    this.stack = stack;
    this.ledger = ledger;
    this.intruder = intruder;
    this.news = news;
  }

  /**
   * Returns when all jobs have ended, or it is certain that they do not.
   *
   * @param stream for a last volley of jobs, which fresh processes run with those that are there
   */
  void settle(JobStream stream, Producers producers) throws InterruptedException {
    await(QUIET, () -> isQuiet(producers));
    news.accept("the last volley");
    FRESH.forEach(stack::startService);
    stack.awaitReady();
    stream.volley(VOLLEY);
    STRAYED.forEach(intruder::send);
    await(QUIET, () -> isQuiet(producers));
  }

  /**
   * What there is to be known; before that, processes get time to let go of what they held, and
   * messages to come to where they belong.
   */
  Evidence evidence(Producers producers, Outages outages, Injector injector)
      throws IOException, InterruptedException {
    await(
        REST,
        () -> {
          var evidence = gather(producers, outages, injector);
          return Stream.of(new ProcessRules(evidence).check(), new StrayRules(evidence).check())
              .flatMap(List::stream)
              .allMatch(Finding::holds);
        });
    return gather(producers, outages, injector);
  }

  /** Goes on when it holds, or when it is certain not to. */
  private static void await(Duration atMost, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!holds(condition) && System.nanoTime() < deadline) {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private static boolean holds(Condition condition) throws InterruptedException {
    try {
      return condition.holds();
    } catch (IOException e) {
      // Who does not answer now may do so later; and at last the evidence is gathered anyhow.
      LOG.log(System.Logger.Level.DEBUG, "no answer", e);
      return false;
    }
  }

  private boolean isQuiet(Producers producers) throws IOException, InterruptedException {
    var counts = producers.get("/api/v1/queues").path("totals").path("counts");
    return OPEN.stream().allMatch(state -> counts.path(state).asLong() == 0)
        && StoreLook.at(stack.redisPort()).all("outbox").isEmpty();
  }

  private Evidence gather(Producers producers, Outages outages, Injector injector)
      throws IOException, InterruptedException {
    var lanes = producers.get("/api/v1/queues").path("items");
    return new Evidence(
        ledger,
        producers.jobs(),
        Run.read(stack.journal()),
        counts(lanes, "ended"),
        counts(lanes, "counts"),
        StoreLook.at(stack.redisPort()),
        strays(producers),
        new Evidence.Processes(
            outages,
            stack.pids(),
            usage(Names.services()),
            usage(FRESH),
            injector.deaths(),
            injector.mishaps()));
  }

  private Strays strays(Producers producers) throws IOException, InterruptedException {
    var letters = producers.get("/api/v1/dead-letters");
    var shown = new ArrayList<String>();
    letters.path("items").forEach(letter -> shown.add(letter.path("body").asText()));
    return new Strays(intruder.sent(), deadQueue.all(stack), shown, letters.path("total").asLong());
  }

  private List<Usage> usage(Collection<String> names) throws IOException {
    var usages = new ArrayList<Usage>();
    for (var name : names) {
      usages.add(Usage.of(name, stack));
    }
    return usages;
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
