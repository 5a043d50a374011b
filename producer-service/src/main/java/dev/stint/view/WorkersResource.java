package dev.stint.view;

import dev.stint.problem.Problem;
import dev.stint.problem.ProblemType;
import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows the workers, and sends them home. */
@Path("/api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Workers")
@APIResponse(responseCode = "503", description = "Redis is away; try again after Retry-After")
public class WorkersResource {
  private final WorkerRegistry workers;
  private final InstantSource clock;

  WorkersResource(WorkerRegistry workers, InstantSource clock) {
    this.workers = workers;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "Lists the workers as their last heartbeats tell them, by name")
  @APIResponse(responseCode = "200", description = "The workers")
  public Listing<WorkerInfo> list() {
    return Listing.of(workers.list(clock.instant()));
  }

  @POST
  @Path("{id}/drain")
  @Operation(
      summary = "Asks a worker to drain",
      description = "It takes no more jobs, finishes those it has, and leaves.")
  @APIResponse(responseCode = "202", description = "The worker has been asked")
  @APIResponse(responseCode = "404", description = "There is no such worker")
  public Response drain(@PathParam("id") String id) {
    if (!workers.askToDrain(id)) {
      throw Problem.of(ProblemType.UNKNOWN_WORKER, "There is no worker " + id).toException();
    }
    return Response.accepted().build();
  }
}
