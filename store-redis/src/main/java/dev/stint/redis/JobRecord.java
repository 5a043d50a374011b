package dev.stint.redis;

import dev.stint.job.Attempt;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.Holder;
import dev.stint.job.Job;
import dev.stint.job.JobId;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.StateName;
import dev.stint.json.Json;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a job out of the fields of its record. */
final class JobRecord {
  /** What is read of a record, in this order: everything but the result. */
  private enum Field {
    SPEC("spec"),
    STATE("state"),
    ATTEMPT("attempt"),
    WORKER("worker"),
    STARTED_AT("startedAt"),
    FINISHED_AT("finishedAt"),
    DUE_AT("dueAt"),
    PROGRESS("progress"),
    CANCEL("cancel"),
    ATTEMPTS("attempts");

    private static final Field[] ALL = values();

    private final String wire;

    Field(String wire) {
      this.wire = wire;
    }
  }

  /** A note on an ended attempt, as the scripts write it: times in milliseconds. */
  private record Note(
      int number,
      String worker,
      long startedAt,
      long finishedAt,
      Failure error,
      @Nullable List<String> log) {
    /** Notes of earlier versions have no log. */
    Attempt attempt() {
      return new Attempt(
          number,
          worker,
          Instant.ofEpochMilli(startedAt),
          Instant.ofEpochMilli(finishedAt),
          error,
          log == null ? List.of() : log);
    }
  }

  private final Response fields;
  private final StateName state;
  private final int attempt;
  private final List<Note> notes;

  private JobRecord(Response fields) {
    this.fields = fields;
    state = StateName.parse(text(Field.STATE));
    attempt = Integer.parseInt(text(Field.ATTEMPT));
    notes = has(Field.ATTEMPTS) ? notes(text(Field.ATTEMPTS)) : List.of();
  }

  /** Asks for what {@link #read} needs. */
  static Request request(JobId id) {
    var request = Request.cmd(Command.HMGET).arg(Keys.job(id));
    for (Field field : Field.ALL) {
      request.arg(field.wire);
    }
    return request;
  }

  /** The job, if there is a record. */
  static Optional<Job> read(@Nullable Response answer) {
    return answer == null || answer.get(Field.STATE.ordinal()) == null
        ? Optional.empty()
        : Optional.of(new JobRecord(answer).job());
  }

  private Job job() {
    var spec = Json.read(fields.get(Field.SPEC.ordinal()).toBytes(), JobSpec.class);
    return new Job(spec, state(), attempt, attempts(), progress(), has(Field.CANCEL));
  }

  private JobState state() {
    return switch (state) {
      case SCHEDULED -> new JobState.Scheduled(time(Field.DUE_AT));
      case QUEUED -> new JobState.Queued();
      case RUNNING -> new JobState.Running(new Holder(text(Field.WORKER), time(Field.STARTED_AT)));
      case RETRYING -> new JobState.Retrying(time(Field.DUE_AT), notes.getLast().error());
      case SUCCEEDED -> new JobState.Succeeded(time(Field.FINISHED_AT));
      case FAILED -> new JobState.Failed(time(Field.FINISHED_AT), notes.getLast().error());
      case CANCELLED -> new JobState.Cancelled(time(Field.FINISHED_AT));
    };
  }

  private List<Attempt> attempts() {
    var attempts = new ArrayList<Attempt>();
    notes.forEach(note -> attempts.add(note.attempt()));
    if (attempt > (notes.isEmpty() ? 0 : notes.getLast().number())) {
      attempts.add(unnoted());
    }
    return attempts;
  }

  /** The attempt that runs, has succeeded or was cancelled: the record's own fields tell it. */
  private Attempt unnoted() {
    return new Attempt(
        attempt,
        text(Field.WORKER),
        time(Field.STARTED_AT),
        state == StateName.RUNNING ? null : time(Field.FINISHED_AT),
        state == StateName.CANCELLED
            ? Failure.of(FailureKind.CANCELLED, "cancelled while it ran")
            : null);
  }

  private @Nullable Double progress() {
    if (!has(Field.PROGRESS)) {
      return null;
    }
    var parts = text(Field.PROGRESS).split(" ");
    return Integer.parseInt(parts[0]) == attempt ? Double.valueOf(parts[1]) : null;
  }

  private static List<Note> notes(String lines) {
    return lines.lines().map(line -> Json.read(line, Note.class)).toList();
  }

  private boolean has(Field field) {
    return fields.get(field.ordinal()) != null;
  }

  private String text(Field field) {
    return fields.get(field.ordinal()).toString();
  }

  private Instant time(Field field) {
    return Instant.ofEpochMilli(Long.parseLong(text(field)));
  }
}
