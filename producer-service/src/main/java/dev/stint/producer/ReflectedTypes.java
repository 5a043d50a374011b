package dev.stint.producer;

import dev.stint.job.Attempt;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.JobId;
import dev.stint.job.JobSpec;
import dev.stint.job.RetryPolicy;
import dev.stint.job.StateName;
import dev.stint.problem.FieldError;
import dev.stint.problem.Problem;
import dev.stint.submit.BulkResource;
import dev.stint.view.DeadLettersResource;
import dev.stint.view.JobView;
import dev.stint.view.Listing;
import dev.stint.view.QueuesView;
import dev.stint.view.TaskView;
import dev.stint.worker.DeadLetter;
import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Every type that is written or read as JSON, for the native image. */
@RegisterForReflection(
    targets = {
      Attempt.class,
      BulkResource.CancelledJobs.class,
      BulkResource.RequeuedJobs.class,
      DeadLetter.class,
      DeadLettersResource.DeadLettersView.class,
      Failure.class,
      FailureKind.class,
      FieldError.class,
      JobId.class,
      JobSpec.class,
      JobView.class,
      JobView.Links.class,
      Listing.class,
      Problem.class,
      QueuesView.class,
      QueuesView.LaneView.class,
      QueuesView.Totals.class,
      RetryPolicy.class,
      StateName.class,
      TaskView.class,
      WorkerInfo.class,
      WorkerInfo.SlotUse.class,
      WorkerState.class
    })
final class ReflectedTypes {
  private ReflectedTypes() {}
}
