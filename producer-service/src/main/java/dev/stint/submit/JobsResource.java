package dev.stint.submit;

import dev.stint.job.Job;
import dev.stint.job.JobId;
import dev.stint.job.JobQueries;
import dev.stint.job.JobRepository;
import dev.stint.job.Moved;
import dev.stint.job.Requeued;
import dev.stint.job.StateName;
import dev.stint.problem.Problem;
import dev.stint.problem.ProblemException;
import dev.stint.submit.SubmitJob.Accepted;
import dev.stint.view.JobPath;
import dev.stint.view.JobView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Makes and moves jobs: submit, cancel, requeue. */
@Path(JobView.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Jobs")
@APIResponse(responseCode = "503", description = "Redis is away; try again after Retry-After")
public class JobsResource {
  private final SubmitJob submitJob;
  private final JobRepository jobs;
  private final JobQueries queries;
  private final Announcer announcer;
  private final InstantSource clock;

  JobsResource(
      SubmitJob submitJob,
      JobRepository jobs,
      JobQueries queries,
      Announcer announcer,
      InstantSource clock) {
    this.submitJob = submitJob;
    this.jobs = jobs;
    this.queries = queries;
    this.announcer = announcer;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Submits a job",
      description =
          "Answers once Redis has the job; from then on it reaches a final state, whatever fails.")
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      description = "1 to 255 characters: a request that is repeated makes no second job",
      schema = @Schema(type = SchemaType.STRING))
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = JobRequest.class)))
  @APIResponseSchema(value = JobView.class, responseCode = "202")
  @APIResponse(responseCode = "400", description = "The body is not JSON")
  @APIResponse(responseCode = "413", description = "The body is too large")
  @APIResponse(responseCode = "415", description = "The body is not application/json")
  @APIResponse(
      responseCode = "422",
      description = "The request breaks rules, all of them in `errors`; or the key was reused",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public Response submit(InputStream body, @Context HttpHeaders headers) {
    // Not a @HeaderParam, which takes an empty header for none.
    String idempotencyKey = headers.getHeaderString("Idempotency-Key");
    return switch (submitJob.submit(body, idempotencyKey)) {
      case Accepted.Fresh(var job) -> accepted(job).build();
      case Accepted.Replayed(var id) ->
          accepted(replayed(id)).header("Idempotent-Replayed", true).build();
    };
  }

  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Cancels a job",
      description = "One that waits is cancelled at once; of one that runs its worker is asked.")
  @APIResponseSchema(value = JobView.class, responseCode = "200")
  @APIResponse(responseCode = "202", description = "It runs; its worker has been asked to stop it")
  @APIResponse(responseCode = "404", description = "There is no such job")
  @APIResponse(responseCode = "409", description = "The job has ended; `state` says how")
  public Response cancel(@PathParam("id") String id) {
    JobId job = JobPath.id(id);
    return switch (jobs.cancel(job, null, clock.instant())) {
      case Moved.Applied(var state) when state == StateName.CANCELLED ->
          Response.ok(JobView.of(find(job))).build();
      case Moved.Applied _ -> accepted(find(job)).build();
      case Moved.Stale(var state) ->
          throw Problem.wrongState(state, "The job has ended: it is " + state.wire()).toException();
      case Moved.Missing _ -> throw unknown(job);
    };
  }

  @POST
  @Path("{id}/requeue")
  @Operation(
      summary = "Runs an ended job again",
      description = "With all its attempts; its result and its error are dropped.")
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      description = "1 to 255 characters: a request that is repeated does not run the job again",
      schema = @Schema(type = SchemaType.STRING))
  @APIResponseSchema(value = JobView.class, responseCode = "202")
  @APIResponse(responseCode = "404", description = "There is no such job")
  @APIResponse(
      responseCode = "409",
      description = "The job has not ended; `state` says where it is")
  @APIResponse(responseCode = "422", description = "The key breaks its rule")
  public Response requeue(@PathParam("id") String id, @Context HttpHeaders headers) {
    JobId job = JobPath.id(id);
    String key = SubmitJob.checkedKey(headers.getHeaderString("Idempotency-Key"));
    return switch (jobs.requeue(job, key, clock.instant())) {
      case Requeued.Queued(var publication) -> {
        announcer.announce(publication);
        yield accepted(find(job)).build();
      }
      case Requeued.Repeated _ -> accepted(find(job)).header("Idempotent-Replayed", true).build();
      case Requeued.Stale(var state) ->
          throw Problem.wrongState(state, "The job has not ended: it is " + state.wire())
              .toException();
      case Requeued.Missing _ -> throw unknown(job);
    };
  }

  private static Response.ResponseBuilder accepted(Job job) {
    JobView view = JobView.of(job);
    return Response.accepted(view).location(URI.create(view.links().self()));
  }

  private Job replayed(JobId id) {
    return queries
        .find(id)
        .orElseThrow(
            () -> SubmitJob.keyReused("It was used for job " + id + ", which is kept no more"));
  }

  private Job find(JobId id) {
    return queries.find(id).orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(JobId id) {
    return Problem.unknownJob(id.value()).toException();
  }
}
