package dev.stint.start;

import dev.stint.job.Attempt;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.JobId;
import dev.stint.job.JobSpec;
import dev.stint.job.RetryPolicy;
import dev.stint.job.StateName;
import dev.stint.worker.DeadLetter;
import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Every type of Stint's own that a worker writes or reads as JSON, for the native image. */
@RegisterForReflection(
    targets = {
      Attempt.class,
      DeadLetter.class,
      Failure.class,
      FailureKind.class,
      JobId.class,
      JobSpec.class,
      RetryPolicy.class,
      StateName.class,
      WorkerInfo.class,
      WorkerInfo.SlotUse.class,
      WorkerState.class
    })
final class ReflectedTypes {
  private ReflectedTypes() {}
}
