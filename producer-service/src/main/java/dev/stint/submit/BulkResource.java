package dev.stint.submit;

import dev.stint.problem.Problem;
import dev.stint.view.JobView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Moves many jobs by one request. */
@Path(JobView.PATH)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Jobs")
@APIResponse(responseCode = "400", description = "The body is not JSON")
@APIResponse(responseCode = "415", description = "The body is not application/json")
@APIResponse(
    responseCode = "422",
    description = "The request breaks rules, all of them in `errors`",
    content = @Content(schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "503",
    description = "Redis is away, some jobs may have been moved; try again after Retry-After")
public class BulkResource {
  private final JobRequestReader reader;
  private final BulkMover mover;

  BulkResource(JobRequestReader reader, BulkMover mover) {
    this.reader = reader;
    this.mover = mover;
  }

  /**
   * What a bulk requeue did.
   *
   * @param requeued jobs that are queued again
   * @param skipped jobs that were moved by someone else meanwhile
   * @param more whether there are others that the limit left out
   */
  public record RequeuedJobs(int requeued, int skipped, boolean more) {}

  /**
   * What a bulk cancel did.
   *
   * @param cancelled jobs that waited, and are cancelled
   * @param asked jobs that run: their workers have been asked to stop them
   * @param skipped jobs that ended meanwhile
   * @param more whether there are others that the limit left out
   */
  public record CancelledJobs(int cancelled, int asked, int skipped, boolean more) {}

  @POST
  @Path("requeue")
  @Operation(
      summary = "Runs ended jobs again, chosen by a filter",
      description =
          "Each as by its own requeue; the newest first. Without `state`: those that failed or were"
              + " cancelled.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = BulkRequest.class)))
  @APIResponse(responseCode = "200", description = "How many")
  public RequeuedJobs requeue(InputStream body) {
    var done = mover.requeue(BulkRequest.read(reader.parse(body), BulkMover.ENDED));
    return new RequeuedJobs(done.moved(), done.skipped(), done.more());
  }

  @POST
  @Path("cancel")
  @Operation(
      summary = "Cancels jobs that have not ended, chosen by a filter",
      description =
          "Those that wait are cancelled at once; of those that run the workers are asked.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = BulkRequest.class)))
  @APIResponse(responseCode = "200", description = "How many")
  public CancelledJobs cancel(InputStream body) {
    var done = mover.cancel(BulkRequest.read(reader.parse(body), BulkMover.LIVE));
    return new CancelledJobs(done.moved(), done.asked(), done.skipped(), done.more());
  }
}
