package dev.stint.work;

import dev.stint.handler.JobContext;
import dev.stint.handler.Outcome;
import dev.stint.job.Claim;
import dev.stint.job.FailedAttempt;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.Held;
import dev.stint.job.JobJournal;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSpec;
import dev.stint.job.Moved;
import dev.stint.job.Publication;
import dev.stint.job.StateName;
import dev.stint.lane.Lane;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs one attempt, from delivery to settlement: read → claim → handle → end → settle. The delivery
 * is settled only after the move is in the store; a crash between the two brings the delivery
 * again, and the claim then refuses it. One call for each delivery, each on a thread of its own.
 */
final class JobExecutor {
  private static final Logger LOG = Logger.getLogger(JobExecutor.class);

  private final String worker;
  private final Inspector inspector;
  private final JobRepository jobs;
  private final JobJournal journal;
  private final Toolbox tools;

  /** What an executor works with, beside the store. */
  record Toolbox(
      Handlers handlers,
      Classifier classifier,
      RunningAttempts running,
      StoreCalls store,
      MemoryGuard memory,
      Tally tally,
      InstantSource clock) {}

  JobExecutor(
      String worker, Inspector inspector, JobRepository jobs, JobJournal journal, Toolbox tools) {
    this.worker = worker;
    this.inspector = inspector;
    this.jobs = jobs;
    this.journal = journal;
    this.tools = tools;
  }

  void run(Lane lane, Delivery delivery) {
    var job = inspector.job(lane, delivery);
    if (job == null) {
      return;
    }
    try (var _ = tools.running.hold(job.spec().id())) {
      var held = claim(job, delivery);
      if (held != null) {
        settle(job, held, handle(job.spec(), held, delivery), delivery);
      }
    }
  }

  /** The right to run the job; null if it is not to be run here, and the delivery is settled. */
  private @Nullable Held claim(Publication job, Delivery delivery) {
    var spec = job.spec();
    var patient = tools.store.aWhile();
    BooleanSupplier worthwhile =
        () -> patient.getAsBoolean() && !delivery.lost() && !tools.store.isDraining();
    return switch (claim(job, worthwhile)) {
      case null -> releaseAnd(delivery);
      case Claim.Claimed(var held) -> held;
      case Claim.Stale(var state) -> {
        LOG.debugf("delivery dropped jobId=%s state=%s", spec.id(), state.wire());
        delivery.accept();
        yield null;
      }
      case Claim.Exhausted(var held) -> {
        settle(job, held, new Ending.GiveUp(FailedAttempt.of(lost(spec, held))), delivery);
        yield null;
      }
      case Claim.Missing() -> restore(job, delivery) ? claim(job, delivery) : releaseAnd(delivery);
    };
  }

  private @Nullable Claim claim(Publication job, BooleanSupplier worthwhile) {
    return store(
        "claim",
        () -> jobs.claim(job.spec().id(), job.ticket(), worker, tools.clock.instant()),
        worthwhile);
  }

  private static Failure lost(JobSpec spec, Held held) {
    var why =
        held.attempt() < spec.retry().maxAttempts()
            ? "the worker was lost, after which this job is not tried again"
            : "the worker was lost in the last attempt";
    return Failure.of(FailureKind.LOST, why);
  }

  /** The store forgot the job, but the message has all of it; false if the store stays away. */
  private boolean restore(Publication job, Delivery delivery) {
    LOG.warnf("job restored from its message jobId=%s", job.spec().id());
    return store("restore", () -> jobs.restore(job, tools.clock.instant()), () -> !delivery.lost())
        != null;
  }

  private static @Nullable Held releaseAnd(Delivery delivery) {
    delivery.release();
    return null;
  }

  private Ending handle(JobSpec spec, Held held, Delivery delivery) {
    var attempt = new RunningAttempt(spec, held, tools.clock.instant(), journal);
    tools.running.add(attempt);
    try {
      if (delivery.lost()) {
        attempt.stop(StopReason.CONNECTION_LOST);
      }
      var handler = tools.handlers.of(spec.task()).orElse(JobExecutor::noHandler);
      var outcome = handler.handle(attempt);
      attempt.leave();
      return tools.classifier.answered(attempt, outcome);
    } catch (Throwable thrown) {
      // Whatever a handler throws is that job's failure, not this worker's: but for one thing.
      tools.memory.check(thrown, "job " + spec.id());
      attempt.leave();
      return tools.classifier.threw(attempt, thrown);
    } finally {
      tools.running.remove(attempt);
      attempt.flush();
    }
  }

  /** Another worker may have one, so this is tried again. */
  private static Outcome noHandler(JobContext context) {
    var message = "this worker has no handler for task " + context.task();
    return new Outcome.Failed(Failure.of(FailureKind.HANDLER, message), null);
  }

  private void settle(Publication job, Held held, Ending ending, Delivery delivery) {
    tools.tally.ended(job.spec().task(), ending);
    if (ending instanceof Ending.Abandon) {
      return;
    }
    var moved = end(held, ending, delivery);
    if (moved instanceof Moved.Missing && !delivery.lost()) {
      moved = endForgotten(job, ending, delivery);
    }
    LOG.debugf("attempt ended jobId=%s attempt=%d ending=%s", held.id(), held.attempt(), ending);
    if (moved == null || isQueued(moved)) {
      delivery.release();
    } else {
      delivery.accept();
    }
  }

  private @Nullable Moved end(Held held, Ending ending, Delivery delivery) {
    return store("end", () -> move(held, ending), () -> !delivery.lost());
  }

  /**
   * The store forgot the job while it ran: it is made anew from its message, and its end stands, so
   * that what has been done is not done again.
   */
  private @Nullable Moved endForgotten(Publication job, Ending ending, Delivery delivery) {
    if (!restore(job, delivery)) {
      return null;
    }
    return switch (claim(job, () -> !delivery.lost())) {
      case null -> null;
      case Claim.Claimed(var held) -> end(held, ending, delivery);
      case Claim.Exhausted(var held) -> end(held, ending, delivery);
      case Claim.Stale(var state) -> new Moved.Stale(state);
      case Claim.Missing() -> null;
    };
  }

  /**
   * Given back; or queued by someone else, perhaps a store that forgot the claim: it needs this.
   */
  private static boolean isQueued(Moved moved) {
    return moved.equals(new Moved.Applied(StateName.QUEUED))
        || moved.equals(new Moved.Stale(StateName.QUEUED));
  }

  private Moved move(Held held, Ending ending) {
    var now = tools.clock.instant();
    return switch (ending) {
      case Ending.Complete(var json) -> jobs.complete(held, json, now);
      case Ending.RetryLater(var failed, var delay) ->
          jobs.retryLater(held, failed, now.plus(delay), now);
      case Ending.GiveUp(var failed) -> jobs.giveUp(held, failed, now);
      case Ending.GiveBack() -> jobs.giveBack(held, now);
      case Ending.Cancel() -> jobs.cancel(held.id(), held, now);
      case Ending.Abandon() -> throw new IllegalStateException("an abandoned attempt has no move");
    };
  }

  private <T> @Nullable T store(String what, Supplier<T> call, BooleanSupplier worthwhile) {
    return tools.store.untilAnswered(what, call, worthwhile).orElse(null);
  }
}
