package dev.stint.local.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does what a plan says to a stack, and starts again what ended by itself. */
final class Injector {
  private static final System.Logger LOG = System.getLogger(Injector.class.getName());
  private static final int THREADS = 8;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ChaosStack stack;
  private final Outages outages;
  private final Consumer<String> news;
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final List<Fault> injected = new CopyOnWriteArrayList<>();
  private final List<String> mishaps = new CopyOnWriteArrayList<>();

  Injector(ChaosStack stack, Outages outages, Consumer<String> news) {
    this.stack = stack;
    this.outages = outages;
    this.news = news;
  }

  /** Returns when the last fault has been put right, and all processes are ready. */
  void run(Plan plan) throws InterruptedException {
    try (var timer = Executors.newScheduledThreadPool(THREADS)) {
      for (var entry : plan.entries()) {
        timer.schedule(guarded(() -> inject(entry)), entry.at().toMillis(), TimeUnit.MILLISECONDS);
      }
      timer.scheduleWithFixedDelay(
          guarded(this::startWhatDied), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
      var left = timer.schedule(() -> {}, plan.duration().toMillis(), TimeUnit.MILLISECONDS);
      left.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    Names.services().forEach(name -> stack.links(name).mend());
    startWhatDied();
    stack.awaitReady();
  }

  List<Fault> injected() {
    return List.copyOf(injected);
  }

  /** What happened that was not planned: a process ended by itself, or would not end. */
  List<String> mishaps() {
    return List.copyOf(mishaps);
  }

  private void inject(Plan.Entry entry) throws Exception {
    var fault = entry.fault();
    long from = System.nanoTime();
    news.accept(entry.toString());
    injected.add(fault);
    if (fault.endsProcess()) {
      down.add(fault.target());
    }
    begin(fault);
    TimeUnit.MILLISECONDS.sleep(fault.lasts().toMillis());
    end(fault);
    outages.add(
        new Outages.Outage(fault.target(), fault.partsFromBroker(), from, System.nanoTime()));
  }

  private void begin(Fault fault) throws Exception {
    switch (fault) {
      case Fault.Kill kill -> {
        var process = stack.get(kill.target());
        process.kill();
        process.awaitExit(LOOK);
      }
      case Fault.Restart restart -> leave(restart);
      case Fault.Pause pause -> stack.get(pause.target()).pause();
      case Fault.Break broken -> stack.links(broken.target()).apply(broken);
      case Fault.Foreign foreign ->
          ForeignMessage.send(stack.brokerPort(), "stint.default." + foreign.lane());
    }
  }

  private void leave(Fault.Restart restart) throws InterruptedException {
    var process = stack.get(restart.target());
    process.terminate();
    if (!process.awaitExit(process.launch().grace())) {
      mishaps.add(restart.target() + " did not end after SIGTERM");
      process.kill();
      process.awaitExit(LOOK);
    }
  }

  private void end(Fault fault) {
    switch (fault) {
      case Fault.Kill _, Fault.Restart _ -> {
        stack.startAgain(fault.target());
        down.remove(fault.target());
      }
      case Fault.Pause pause -> stack.get(pause.target()).resume();
      case Fault.Break broken -> stack.links(broken.target()).mend();
      case Fault.Foreign _ -> {}
    }
  }

  private void startWhatDied() {
    for (var name : stack.names()) {
      var process = stack.get(name);
      if (!process.isAlive() && !down.contains(name)) {
        mishaps.add(name + " ended by itself, exit code " + process.exitCode().orElse(-1));
        long now = System.nanoTime();
        outages.add(new Outages.Outage(name, true, now - 2 * LOOK.toNanos(), now));
        stack.startAgain(name);
      }
    }
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
