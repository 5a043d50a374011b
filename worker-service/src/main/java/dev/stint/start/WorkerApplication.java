package dev.stint.start;

import dev.stint.amqp.AmqpConnection;
import dev.stint.heartbeat.Heartbeat;
import dev.stint.heartbeat.WorkerIdentity;
import dev.stint.lane.Lane;
import dev.stint.pod.CostTeller;
import dev.stint.pod.DeletionCost;
import dev.stint.redis.RedisStore;
import dev.stint.slot.Slots;
import dev.stint.work.EventLoop;
import dev.stint.work.Tally;
import dev.stint.work.Workshop;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sun.misc.Signal;

/** Starts the parts of a worker in their order, and waits until a drain has ended them. */
final class WorkerApplication implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(WorkerApplication.class);

  private static final Duration DECLARE_AGAIN = Duration.ofSeconds(5);

  private final Setup setup;
  private final WorkerSettings settings;
  private final Vertx vertx;
  private final Vitals vitals;

  WorkerApplication(Setup setup, WorkerSettings settings, Vertx vertx, Vitals vitals) {
    this.setup = setup;
    this.settings = settings;
    this.vertx = vertx;
    this.vitals = vitals;
  }

  @Override
  public int run(String... args) {
    try {
      start(setup.plan());
    } catch (SetupException e) {
      e.problems().forEach(problem -> Console.print("worker: " + problem, 1));
      return 1;
    }
    Quarkus.waitForExit();
    return vitals.exitCode();
  }

  private void start(Setup.Plan plan) {
    plan.warnings().forEach(LOG::warn);
    var clock = InstantSource.system();
    var identity = WorkerIdentity.of(name(), host(), Version.of(), clock.instant());
    var store = RedisStore.open(vertx, plan.redis());
    var broker = AmqpConnection.open(vertx, plan.broker());
    var slots = new Slots(plan.limits());
    var workshop =
        new Workshop(
            new Workshop.Staff(identity.id(), slots, plan.handlers(), settings.result().maxSize()),
            new Workshop.Store(store.jobs(), store.journal(), store.deadLetters()),
            loop(broker),
            new Tally(vitals::count),
            clock);
    var lanes = plan.lanes().stream().map(Lane::toString).toList();
    var heartbeat =
        new Heartbeat(
            identity,
            store.workers(),
            new Heartbeat.Load(
                slots, workshop.running(), plan.limits().perTask(), lanes, workshop::seenEmpty),
            clock);
    var teller = teller(plan, slots, workshop);
    var drain =
        new Drain(
            new Drain.Parts(workshop, broker, heartbeat, store),
            settings.worker().drainTimeout(),
            code -> {
              teller.ifPresent(CostTeller::close);
              vitals.exit(code);
            });

    vitals.watch(slots, broker, heartbeat, drain);
    vitals.count(workshop.tally());
    List.of("TERM", "INT").forEach(name -> onSignal(name, drain));
    workshop.start();
    listen(plan.lanes(), broker, workshop);
    heartbeat.start(answers(workshop, drain));
    LOG.infof("worker started id=%s slots=%d lanes=%s", identity.id(), slots.total(), lanes);
  }

  private static Optional<CostTeller> teller(Setup.Plan plan, Slots slots, Workshop workshop) {
    return plan.pod()
        .map(pod ->
            CostTeller.start(
                pod, () -> DeletionCost.of(slots.used(), workshop.running().underWay())));
  }

  /** A worker takes jobs only while the store hears it: without, it could not claim them. */
  private static Heartbeat.Listener answers(Workshop workshop, Drain drain) {
    return new Heartbeat.Listener() {
      @Override
      public void drainAsked() {
        drain.ask("api");
      }

      @Override
      public void heard(boolean heard) {
        workshop.dispatcher().listen(heard);
      }
    };
  }

  private void listen(List<Lane> lanes, AmqpConnection broker, Workshop workshop) {
    declare(lanes.stream().map(Lane::address).toList(), broker);
    // On the loop, where the dispatcher and all it holds live.
    broker.execute(() ->
        lanes.forEach(lane ->
            broker
                .receive(lane.address())
                .subscribe(new LaneSubscriber(lane, workshop.dispatcher(), workshop.inspector()))));
  }

  /** A refusal may be a right that the worker's user is given later. */
  private void declare(List<String> addresses, AmqpConnection broker) {
    broker
        .lanes()
        .declare(addresses)
        .whenComplete((_, refusal) -> {
          if (refusal == null) {
            vitals.listening();
          } else {
            LOG.errorf("broker refused to declare lanes cause=%s", refusal.getMessage());
            vertx.setTimer(DECLARE_AGAIN.toMillis(), _ -> declare(addresses, broker));
          }
        });
  }

  /** Quarkus ends at once on these signals; a worker drains first. */
  private static void onSignal(String name, Drain drain) {
    Signal.handle(new Signal(name), _ -> drain.signal("SIG" + name));
  }

  private EventLoop loop(AmqpConnection broker) {
    return new EventLoop() {
      @Override
      public void execute(Runnable step) {
        broker.execute(step);
      }

      @Override
      public void after(Duration delay, Runnable step) {
        vertx.setTimer(delay.toMillis(), _ -> broker.execute(step));
      }
    };
  }

  private String name() {
    return settings
        .worker()
        .name()
        .or(() -> Optional.ofNullable(System.getenv("WID")))
        .filter(name -> !name.isBlank())
        .orElseGet(WorkerApplication::host);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
