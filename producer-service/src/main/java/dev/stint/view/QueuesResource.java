package dev.stint.view;

import dev.stint.catalogue.Catalogue;
import dev.stint.job.JobQueries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows what waits and what was done, lane by lane. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queues")
@APIResponse(responseCode = "503", description = "Redis is away; try again after Retry-After")
public class QueuesResource {
  private final JobQueries queries;
  private final Catalogue catalogue;

  QueuesResource(JobQueries queries, Catalogue catalogue) {
    this.queries = queries;
    this.catalogue = catalogue;
  }

  @GET
  @Operation(summary = "Lists all lanes (a task in a queue) with depth and counts, and their sums")
  @APIResponse(responseCode = "200", description = "The lanes")
  public QueuesView list() {
    return QueuesView.of(catalogue.lanes(), queries.counts());
  }
}
