package dev.stint.view;

import dev.stint.worker.DeadLetter;
import dev.stint.worker.DeadLetters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows what came on the broker's queues and was no job. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queues")
@APIResponse(responseCode = "503", description = "Redis is away; try again after Retry-After")
public class DeadLettersResource {
  private final DeadLetters letters;

  DeadLettersResource(DeadLetters letters) {
    this.letters = letters;
  }

  /**
   * Messages that workers refused.
   *
   * @param items the newest, newest first
   * @param total how many there ever were
   */
  public record DeadLettersView(List<DeadLetter> items, long total) {}

  @GET
  @Operation(
      summary = "Lists the newest messages that workers refused, since they were no jobs",
      description = "The messages themselves are in the broker's dead-letter queue.")
  @APIResponse(responseCode = "200", description = "At most 100, newest first")
  public DeadLettersView list() {
    return new DeadLettersView(letters.newest(), letters.total());
  }
}
