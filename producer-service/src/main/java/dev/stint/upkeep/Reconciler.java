package dev.stint.upkeep;

import dev.stint.job.JobSurvey;
import dev.stint.worker.WorkerRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Compares what Redis says with what the workers see, and repairs what neither relay nor redelivery
 * does: queued jobs without a message, running jobs without a worker. It looks twice at each, and
 * the move is refused if the job has moved meanwhile, so any number of producers may do it at once.
 * See docs/decisions/0008-reconciler.md.
 */
@Singleton
public final class Reconciler {
  /** In one pass, of each kind: seen, and rescued. */
  private static final int BATCH = 500;

  private final RollCall rollCall;
  private final LostMessages messages;
  private final LostRuns runs;
  private final Rescuer rescuer;

  @Inject
  Reconciler(WorkerRegistry workers, JobSurvey survey, Rescuer rescuer, InstantSource clock) {
    this(workers, survey, rescuer, clock, System::nanoTime);
  }

  Reconciler(
      WorkerRegistry workers,
      JobSurvey survey,
      Rescuer rescuer,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.rollCall = new RollCall(workers, clock, nanoTime);
    this.messages = new LostMessages(survey, nanoTime);
    this.runs = new LostRuns(survey, nanoTime);
    this.rescuer = rescuer;
  }

  /** Rescues what is ripe, and looks at some more; says how many were rescued. */
  public int runOnce() {
    var roll = rollCall.call();
    if (roll.isAnew()) {
      messages.forget();
      runs.forget();
    }
    return rescuer.publishAgain(messages.find(roll, BATCH))
        + rescuer.takeBack(runs.find(roll, BATCH));
  }
}
