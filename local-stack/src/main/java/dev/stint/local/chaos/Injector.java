package dev.stint.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Does what a plan says to a stack, and starts again what ended by itself until it is closed. */
final class Injector implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Injector.class.getName());

  /** More than faults at a time. */
  private static final int THREADS = 16;

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ChaosStack stack;
  private final Outages outages;
  private final Intruder intruder;
  private final JobStream stream;
  private final Consumer<String> news;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS);
  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final List<Fault> injected = new CopyOnWriteArrayList<>();
  private final List<Death> deaths = new CopyOnWriteArrayList<>();
  private final List<String> mishaps = new CopyOnWriteArrayList<>();
  private final AtomicInteger poisons = new AtomicInteger();
  private final AtomicLong lastLook = new AtomicLong(System.nanoTime());

  Injector(
      ChaosStack stack,
      Outages outages,
      Intruder intruder,
      JobStream stream,
      Consumer<String> news) {
    this.stack = stack;
    this.outages = outages;
    this.intruder = intruder;
    this.stream = stream;
    this.news = news;
  }

  /** Returns when the last fault has been put right, and all processes are ready. */
  void run(Plan plan) throws InterruptedException, ExecutionException {
    var faults = new ArrayList<Future<?>>();
    for (var entry : plan.entries()) {
      long at = entry.at().toMillis();
      faults.add(timer.schedule(guarded(() -> inject(entry)), at, TimeUnit.MILLISECONDS));
    }
    timer.scheduleWithFixedDelay(
        guarded(this::startWhatDied), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    timer.schedule(() -> {}, plan.duration().toMillis(), TimeUnit.MILLISECONDS).get();
    for (var fault : faults) {
      fault.get();
    }
    Names.services().forEach(name -> stack.links(name).mend());
    stack.awaitReady();
  }

  List<Fault> injected() {
    return List.copyOf(injected);
  }

  /** Ends of processes that no fault had ended. */
  List<Death> deaths() {
    return List.copyOf(deaths);
  }

  /** What else happened that was not planned: a process would not end, a fault did not work. */
  List<String> mishaps() {
    return List.copyOf(mishaps);
  }

  @Override
  public void close() {
    timer.close();
  }

  /** A process that takes longer to leave than was planned has its next fault after that. */
  private void inject(Plan.Entry entry) throws Exception {
    var fault = entry.fault();
    if (fault.lasts().isZero()) {
      inject(entry, fault);
      return;
    }
    var turn = turns.computeIfAbsent(fault.target(), _ -> new ReentrantLock(true));
    turn.lockInterruptibly();
    try {
      inject(entry, fault);
    } finally {
      turn.unlock();
    }
  }

  private void inject(Plan.Entry entry, Fault fault) throws Exception {
    news.accept(entry.toString());
    injected.add(fault);
    if (fault.endsProcess()) {
      noteIfDead(fault.target());
      down.add(fault.target());
    }
    long from = System.nanoTime();
    begin(fault);
    TimeUnit.MILLISECONDS.sleep(fault.lasts().toMillis());
    end(fault);
    if (!fault.lasts().isZero()) {
      outages.add(
          new Outages.Outage(fault.target(), fault.partsFromBroker(), from, System.nanoTime()));
    }
  }

  private void begin(Fault fault) throws Exception {
    switch (fault) {
      case Fault.Kill kill -> kill(kill.target());
      case Fault.Wipe wipe -> {
        kill(wipe.target());
        stack.wipeBroker();
        outages.wiped(System.nanoTime());
      }
      case Fault.Restart restart -> leave(restart);
      case Fault.Pause pause -> stack.get(pause.target()).pause();
      case Fault.Break broken -> stack.links(broken.target()).apply(broken);
      case Fault.Foreign foreign -> intruder.send(foreign.lane());
      case Fault.Poison _ -> stream.also(Ask.poison(poisons.incrementAndGet()));
    }
  }

  private void kill(String name) throws InterruptedException {
    var process = stack.get(name);
    process.kill();
    if (!process.awaitExit(process.launch().grace())) {
      mishaps.add(name + " did not end after SIGKILL");
    }
  }

  private void leave(Fault.Restart restart) throws InterruptedException {
    var process = stack.get(restart.target());
    process.terminate();
    if (!process.awaitExit(process.launch().grace())) {
      mishaps.add(restart.target() + " did not end after SIGTERM");
      kill(restart.target());
    }
  }

  private void end(Fault fault) {
    switch (fault) {
      case Fault.Kill _, Fault.Wipe _, Fault.Restart _ -> {
        stack.startAgain(fault.target());
        down.remove(fault.target());
      }
      case Fault.Pause pause -> stack.get(pause.target()).resume();
      case Fault.Break broken -> stack.links(broken.target()).mend();
      case Fault.Foreign _, Fault.Poison _ -> {}
    }
  }

  private void startWhatDied() {
    for (var name : stack.names()) {
      // In this order: what a fault has ended was down before it was dead.
      var process = stack.get(name);
      boolean dead = !process.isAlive();
      if (dead && !down.contains(name) && stack.get(name) == process && noteIfDead(name)) {
        stack.startAgain(name);
      }
    }
    lastLook.set(System.nanoTime());
  }

  private boolean noteIfDead(String name) {
    var process = stack.get(name);
    if (process.isAlive()) {
      return false;
    }
    deaths.add(new Death(name, process.pid(), process.exitCode().orElse(-1)));
    // It lived at the last look.
    outages.add(new Outages.Outage(name, true, lastLook.get(), System.nanoTime()));
    return true;
  }

  private interface Step {
    void run() throws Exception;
  }

  private Runnable guarded(Step step) {
    return () -> {
      try {
        step.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        // A fault that could not be injected is a fault of the run itself: it shows in the report.
        LOG.log(System.Logger.Level.WARNING, "a fault could not be injected", e);
        mishaps.add("a fault could not be injected: " + e);
      }
    };
  }
}
