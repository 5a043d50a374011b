package dev.stint.view;

import dev.stint.job.Job;
import dev.stint.job.JobId;
import dev.stint.job.JobPage;
import dev.stint.job.JobQueries;
import dev.stint.job.StateName;
import dev.stint.job.StoredResult;
import dev.stint.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads jobs. */
@Path(JobView.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Jobs")
@APIResponse(responseCode = "503", description = "Redis is away; try again after Retry-After")
public class JobViewsResource {
  private static final int DEFAULT_LINES = 200;
  private static final int MOST_LINES = 1_000;

  private final JobQueries queries;

  JobViewsResource(JobQueries queries) {
    this.queries = queries;
  }

  @GET
  @Operation(summary = "Lists jobs, newest first, a page at a time")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = StateName.class))
  @Parameter(name = "task", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
  @Parameter(name = "queue", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "the `next` of the page before",
      schema = @Schema(type = SchemaType.STRING))
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "422", description = "A parameter is wrong")
  public Listing<JobView> list(@Context UriInfo uri) {
    JobListQuery query = JobListQuery.of(uri.getQueryParameters());
    JobPage page = queries.list(query.filter(), query.limit(), query.after());
    return new Listing<>(
        page.jobs().stream().map(JobView::of).toList(), JobListQuery.cursor(page.next()));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Shows a job")
  @APIResponse(responseCode = "200", description = "The job")
  @APIResponse(responseCode = "404", description = "There is no such job")
  public JobView show(@PathParam("id") String id) {
    return JobView.of(find(id));
  }

  @GET
  @Path("{id}/result")
  @Operation(summary = "Gives the result of a job that has succeeded")
  @APIResponse(responseCode = "200", description = "The result, any JSON")
  @APIResponse(responseCode = "204", description = "The job has succeeded without a result")
  @APIResponse(responseCode = "404", description = "There is no such job")
  @APIResponse(responseCode = "409", description = "The job has not succeeded; `state` says why")
  public Response result(@PathParam("id") String id) {
    StoredResult result =
        queries.result(JobPath.id(id)).orElseThrow(() -> Problem.unknownJob(id).toException());
    if (result.state() != StateName.SUCCEEDED) {
      throw Problem.wrongState(
              result.state(), "The job is " + result.state().wire() + ", it has no result")
          .toException();
    }
    return result.json() == null
        ? Response.noContent().build()
        : Response.ok(result.json()).build();
  }

  @GET
  @Path("{id}/log")
  @Operation(summary = "Gives the last lines of a job's log, oldest first")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "200"))
  @APIResponse(responseCode = "200", description = "The lines")
  @APIResponse(responseCode = "404", description = "There is no such job")
  public Listing<String> log(@PathParam("id") String id, @Context UriInfo uri) {
    var parameters = new QueryParameters(uri.getQueryParameters(), "limit");
    int limit = parameters.number("limit", 1, MOST_LINES, DEFAULT_LINES);
    parameters.throwIfAny();
    JobId job = find(id).spec().id();
    return Listing.of(queries.log(job, limit));
  }

  private Job find(String id) {
    return queries.find(JobPath.id(id)).orElseThrow(() -> Problem.unknownJob(id).toException());
  }
}
