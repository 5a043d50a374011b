package dev.stint.view;

import dev.stint.catalogue.Catalogue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows what can be submitted. */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class TasksResource {
  private final Catalogue catalogue;

  TasksResource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GET
  @Operation(summary = "Lists the tasks of the catalogue, with the schema of their params")
  public Listing<TaskView> list() {
    return Listing.of(
        catalogue.tasks().stream().map(task -> TaskView.of(task, catalogue)).toList());
  }
}
