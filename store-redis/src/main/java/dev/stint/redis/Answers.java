package dev.stint.redis;

import dev.stint.job.JobSpec;
import dev.stint.job.Moved;
import dev.stint.job.Publication;
import dev.stint.job.Rescued;
import dev.stint.job.StateName;
import dev.stint.json.Json;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts answer: nothing if there is no record, the state after the move, or {@code !}
 * and the state that forbade it.
 */
final class Answers {
  private static final char REFUSED = '!';

  private Answers() {}

  static Moved moved(@Nullable Response answer) {
    if (answer == null) {
      return new Moved.Missing();
    }
    var text = answer.toString();
    return text.charAt(0) == REFUSED
        ? new Moved.Stale(StateName.parse(text.substring(1)))
        : new Moved.Applied(StateName.parse(text));
  }

  static Rescued rescued(@Nullable Response answer) {
    if (answer != null && answer.type() == ResponseType.MULTI) {
      return new Rescued.Queued(publications(answer).getFirst());
    }
    return switch (moved(answer)) {
      case Moved.Applied(var state) -> new Rescued.Ended(state);
      case Moved.Stale(var state) -> new Rescued.Stale(state);
      case Moved.Missing() -> new Rescued.Missing();
    };
  }

  /** What a script tells of its own failure, within a list: see {@link Script}. */
  static @Nullable String error(@Nullable Response answer) {
    return answer != null
            && answer.type() == ResponseType.MULTI
            && answer.size() == 1
            && answer.get(0) != null
            && answer.get(0).type() == ResponseType.ERROR
        ? answer.get(0).toString()
        : null;
  }

  /** The state of a refusal. */
  static StateName stale(Response answer) {
    return StateName.parse(answer.toString().substring(1));
  }

  /** A count; 0 if there is none. */
  static long number(@Nullable Response answer) {
    var number = answer == null ? null : answer.toLong();
    return number == null ? 0 : number;
  }

  /** The elements of a list; none if there is no list. */
  static Stream<String> texts(@Nullable Response answer) {
    return answer == null ? Stream.empty() : answer.stream().map(Response::toString);
  }

  /** Spec, ticket, spec, ticket and so on. */
  static List<Publication> publications(@Nullable Response answer) {
    var publications = new ArrayList<Publication>();
    for (int i = 0; answer != null && i < answer.size(); i += 2) {
      var spec = Json.read(answer.get(i).toBytes(), JobSpec.class);
      publications.add(new Publication(spec, number(answer.get(i + 1))));
    }
    return publications;
  }
}
