package dev.stint.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How safe a submitted or requeued job has to be before that is answered.
 *
 * @param kind what is waited for
 * @param replicas how many of them must have the job, if it is they that are waited for
 * @param timeLimit a job that is not that safe by then is refused, to the millisecond
 */
public record Durability(Kind kind, int replicas, Duration timeLimit) {
  /** What is waited for. */
  public enum Kind {
    /** Nothing: the server's memory has the job. */
    NONE,
    /** The disk of the server: its append-only file is synced. */
    AOF,
    /** The memory of replicas. */
    REPLICAS
  }

  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(1);

  /** The default: no command more than the script. */
  public static final Durability NONE = new Durability(Kind.NONE, 0, DEFAULT_TIME_LIMIT);

  static final String SETTING = "stint.redis.wait";

  private static final Pattern COUNT = Pattern.compile("replicas:([1-9]\\d{0,2})");
  private static final Command WAITAOF = Command.create("WAITAOF");
  private static final String UNABLE =
      SETTING
          + "=aof needs Redis 7.2 or newer, or Valkey, with appendonly yes and rights to WAITAOF;"
          + " this server says: ";

  public Durability {
    if (timeLimit.toMillis() < 1) {
      throw new IllegalArgumentException(
          "wait-timeout must be at least a millisecond, not " + timeLimit);
    }
  }

  /**
   * Reads a setting.
   *
   * @param text {@code none}, {@code aof} or {@code replicas:N}
   * @throws IllegalArgumentException with the rule that is broken
   */
  public static Durability parse(String text, Duration timeLimit) {
    var count = COUNT.matcher(text);
    if (count.matches()) {
      return new Durability(Kind.REPLICAS, Integer.parseInt(count.group(1)), timeLimit);
    }
    return switch (text) {
      case "none" -> new Durability(Kind.NONE, 0, timeLimit);
      case "aof" -> new Durability(Kind.AOF, 0, timeLimit);
      default ->
          throw new IllegalArgumentException(
              "wait must be none, aof or replicas:N with N from 1 to 999, not " + text);
    };
  }

  boolean isAwaited() {
    return kind != Kind.NONE;
  }

  /** Waits for all that its connection has written. */
  Request request() {
    return switch (kind) {
      case REPLICAS -> Request.cmd(Command.WAIT).arg(replicas).arg(timeLimit.toMillis());
      case AOF, NONE -> Request.cmd(WAITAOF).arg(1).arg(0).arg(timeLimit.toMillis());
    };
  }

  /** Finds out whether a server can wait for its append-only file, without waiting for it. */
  static Request probe() {
    return Request.cmd(WAITAOF).arg(1).arg(0).arg(1);
  }

  /** Whether what was waited for is so, by the answer to {@link #request}. */
  boolean isReached(@Nullable Response answer) {
    return answer != null
        && switch (kind) {
          case REPLICAS -> Answers.number(answer) >= replicas;
          case AOF, NONE -> Answers.number(answer.get(0)) >= 1;
        };
  }

  /** Why a job is refused that is not safe in time. */
  String missed() {
    var where =
        kind == Kind.REPLICAS ? "with " + replicas + " replicas" : "in the append-only file";
    return "not %s within %d ms, as %s asks; the job may exist, and be safe later"
        .formatted(where, timeLimit.toMillis(), SETTING);
  }

  /** Says of a server that cannot do it what it lacks. */
  static IllegalStateException unable(Throwable cause) {
    return new IllegalStateException(UNABLE + cause.getMessage(), cause);
  }
}
