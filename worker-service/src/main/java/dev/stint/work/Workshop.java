package dev.stint.work;

import dev.stint.job.JobJournal;
import dev.stint.job.JobRepository;
import dev.stint.slot.Credits;
import dev.stint.slot.Slots;
import dev.stint.worker.DeadLetters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * All that runs jobs in this worker, put together: made from a store, an event loop and the
 * handlers, it takes deliveries through its {@link #dispatcher} until it is drained.
 */
public final class Workshop {
  private static final Logger LOG = Logger.getLogger(Workshop.class);

  /** How late a timeout may strike, and log lines and progress be seen. */
  private static final Duration WATCH = Duration.ofMillis(100);

  /** How late a worker may hear that a job was cancelled; the promise is a second. */
  private static final Duration CANCEL_WATCH = Duration.ofMillis(250);

  private final JobRepository jobs;
  private final Slots slots;
  private final RunningAttempts running;
  private final StoreCalls store = new StoreCalls();
  private final Tally tally;
  private final InstantSource clock;
  private final Inspector inspector;
  private final Dispatcher dispatcher;
  private final ScheduledExecutorService watch =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("watch-", 0).factory());

  /** The store's side of a worker. */
  public record Store(JobRepository jobs, JobJournal journal, DeadLetters deadLetters) {}

  /**
   * Who works, how much, and what it can.
   *
   * @param worker its id
   */
  public record Staff(String worker, Slots slots, Handlers handlers, int mostResultBytes) {}

  public Workshop(Staff staff, Store store, EventLoop loop, Tally tally, InstantSource clock) {
    this.jobs = store.jobs();
    this.slots = staff.slots();
    this.tally = tally;
    this.clock = clock;
    this.running = new RunningAttempts(store.journal(), System::nanoTime);
    var classifier = new Classifier(staff.mostResultBytes(), new Random());
    var tools =
        new JobExecutor.Toolbox(staff.handlers(), classifier, running, this.store, tally, clock);
    this.inspector = new Inspector(staff.worker(), store.deadLetters(), this.store, tally, clock);
    var executor = new JobExecutor(staff.worker(), inspector, jobs, store.journal(), tools);
    var credits = new Credits(slots, System::nanoTime);
    this.dispatcher = new Dispatcher(slots, credits, executor, running, loop);
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public Inspector inspector() {
    return inspector;
  }

  public RunningAttempts running() {
    return running;
  }

  /** Lanes seen empty at the broker, by name, and how many milliseconds ago. For any thread. */
  public Map<String, Long> seenEmpty() {
    return dispatcher.seenEmpty(System.nanoTime());
  }

  public Tally tally() {
    return tally;
  }

  /** Begins to watch over what runs. */
  public void start() {
    dispatcher.start();
    every(WATCH, "watch", running::watch);
    every(CANCEL_WATCH, "cancel watch", running::stopCancelled);
  }

  /** No job is begun any more, nor claimed if the store keeps it waiting. */
  public void quiet() {
    store.drain();
  }

  /** Waits until nothing runs; false if that took longer. */
  public boolean awaitIdle(Duration most) throws InterruptedException {
    return slots.awaitEmpty(most);
  }

  /** Interrupts what still runs, so that it is given back. */
  public void interrupt() {
    running.stopAll(StopReason.DRAINED);
  }

  /**
   * The end: what did not stop is given back by its right, and its result, should there be one, is
   * refused.
   *
   * @return how many handlers had not stopped
   */
  public int leave() {
    store.leave();
    var left = running.held();
    for (var held : left) {
      try {
        jobs.giveBack(held, clock.instant());
      } catch (RuntimeException e) {
        // The broker sees the connection end, and the next worker claims the job as a lost one.
        LOG.warnf("job could not be given back jobId=%s cause=%s", held.id(), e.getMessage());
      }
    }
    watch.shutdownNow();
    return left.size();
  }

  private void every(Duration interval, String what, Runnable step) {
    Runnable guarded =
        () -> {
          try {
            step.run();
          } catch (RuntimeException e) {
            // Said once for each pass: the next one may find the store again.
            LOG.debugf(e, "%s failed", what);
          }
        };
    watch.scheduleWithFixedDelay(
        guarded, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }
}
