package dev.stint.json;

import dev.stint.job.JobSpec;
import dev.stint.job.Publication;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job's message says: a CloudEvent 1.0 whose data is the job's spec, with the ticket of the
 * publication as an extension attribute.
 */
public final class JobMessage {
  /** CloudEvent type; another number when old readers could not understand the data. */
  public static final String TYPE = "dev.stint.job.v1";

  /** Media type of the data. */
  public static final String CONTENT_TYPE = "application/json";

  /** Extension attribute; as text, since CloudEvents integers have 32 bits only. */
  static final String TICKET = "ticket";

  private JobMessage() {}

  /** The event's id: no two publications share one. */
  public static String id(Publication publication) {
    return publication.spec().id() + "-" + publication.ticket();
  }

  public static Map<String, Object> extensions(Publication publication) {
    return Map.of(TICKET, Long.toString(publication.ticket()));
  }

  public static byte[] data(Publication publication) {
    return Json.writeBytes(publication.spec());
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it is no job: it will never be one, and belongs to the dead
   *     letters
   */
  public static Publication read(
      @Nullable String type, Map<String, Object> extensions, byte[] data) {
    if (!TYPE.equals(type)) {
      throw new IllegalArgumentException("type must be " + TYPE + ", not " + type);
    }
    JobSpec spec = Json.read(data, JobSpec.class);
    if (spec == null) {
      throw new IllegalArgumentException("data is no job");
    }
    return new Publication(spec, ticket(extensions.get(TICKET)));
  }

  private static long ticket(@Nullable Object ticket) {
    try {
      return Long.parseLong(String.valueOf(ticket));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("ticket must be a number, not " + ticket, e);
    }
  }
}
