package dev.stint.view;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stint.job.JobFilter;
import dev.stint.job.JobId;
import dev.stint.job.StateName;
import dev.stint.lane.Lane;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which jobs to list. Read from query parameters, with all that is wrong in them told at once. */
record JobListQuery(JobFilter filter, int limit, @Nullable JobId after) {
  static final int DEFAULT_LIMIT = 50;
  static final int MOST = 200;

  /**
   * Reads the parameters.
   *
   * @throws dev.stint.problem.ProblemException if one of them is wrong or not known
   */
  static JobListQuery of(Map<String, List<String>> parameters) {
    var reader = new QueryParameters(parameters, "state", "task", "queue", "limit", "cursor");
    var query =
        new JobListQuery(
            new JobFilter(
                reader.read("state", StateName::parse),
                reader.read("task", JobListQuery::name),
                reader.read("queue", JobListQuery::name)),
            reader.number("limit", 1, MOST, DEFAULT_LIMIT),
            reader.read("cursor", JobListQuery::id));
    reader.throwIfAny();
    return query;
  }

  static @Nullable String cursor(@Nullable JobId next) {
    return next == null
        ? null
        : Base64.getUrlEncoder().withoutPadding().encodeToString(next.value().getBytes(US_ASCII));
  }

  private static String name(String text) {
    if (!Lane.NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("must match " + Lane.NAME);
    }
    return text;
  }

  private static JobId id(String cursor) {
    try {
      return new JobId(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be the `next` of an earlier page", e);
    }
  }
}
