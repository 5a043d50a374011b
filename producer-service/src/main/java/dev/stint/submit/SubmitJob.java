package dev.stint.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stint.job.IdempotencyKey;
import dev.stint.job.Job;
import dev.stint.job.JobId;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.Submission;
import dev.stint.problem.FieldError;
import dev.stint.problem.Problem;
import dev.stint.problem.ProblemException;
import dev.stint.problem.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a job in: checks everything, keeps it, and starts its publication. It is accepted once
 * Redis has it; the broker is not waited for, since the outbox sees to it that it gets the job.
 */
@Singleton
final class SubmitJob {
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,255}");

  private final JobRequestReader reader;
  private final JobSpecifier specifier;
  private final JobRepository jobs;
  private final Announcer announcer;
  private final MeterRegistry meters;

  SubmitJob(
      JobRequestReader reader,
      JobSpecifier specifier,
      JobRepository jobs,
      Announcer announcer,
      MeterRegistry meters) {
    this.reader = reader;
    this.specifier = specifier;
    this.jobs = jobs;
    this.announcer = announcer;
    this.meters = meters;
  }

  /** What became of a request that breaks no rule. */
  sealed interface Accepted {
    /** A new job. */
    record Fresh(Job job) implements Accepted {}

    /** An earlier request with the same idempotency key made this job. */
    record Replayed(JobId id) implements Accepted {}
  }

  /**
   * Does it.
   *
   * @param idempotencyKey null if the client gave none
   * @throws ProblemException with everything that is wrong in the request
   */
  Accepted submit(InputStream body, @Nullable String idempotencyKey) {
    ObjectNode tree = reader.parse(body);
    var errors = new ArrayList<FieldError>();
    IdempotencyKey key = key(idempotencyKey, tree, errors);
    JobSpec spec =
        specifier
            .specify(reader.read(tree, errors), key, errors)
            .orElseThrow(() -> invalid(errors));
    return switch (jobs.submit(spec, key)) {
      case Submission.Queued(var publication) -> {
        announcer.announce(publication);
        yield fresh(spec, new JobState.Queued());
      }
      case Submission.Scheduled _ -> fresh(spec, scheduled(spec));
      case Submission.Duplicate(var id) -> new Accepted.Replayed(id);
      case Submission.KeyReused(var id) -> throw keyReused("It was used for job " + id);
    };
  }

  static ProblemException keyReused(String detail) {
    return Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED, detail).toException();
  }

  /**
   * A key, or null, as the client gave it.
   *
   * @throws ProblemException if it breaks its rule
   */
  static @Nullable String checkedKey(@Nullable String text) {
    if (text != null && !PRINTABLE.matcher(text).matches()) {
      throw invalid(List.of(badKey()));
    }
    return text;
  }

  private static FieldError badKey() {
    return FieldError.inHeader("Idempotency-Key", "must be 1 to 255 printable ASCII characters");
  }

  private static @Nullable IdempotencyKey key(
      @Nullable String text, ObjectNode body, List<FieldError> errors) {
    if (text == null) {
      return null;
    }
    if (!PRINTABLE.matcher(text).matches()) {
      errors.add(badKey());
    }
    return new IdempotencyKey(text, Fingerprint.of(body));
  }

  private Accepted fresh(JobSpec spec, JobState state) {
    meters.counter("stint.jobs.submitted", "queue", spec.queue(), "task", spec.task()).increment();
    return new Accepted.Fresh(new Job(spec, state, 0, List.of(), null, false));
  }

  private static JobState scheduled(JobSpec spec) {
    return new JobState.Scheduled(spec.dueAt() == null ? spec.createdAt() : spec.dueAt());
  }

  private static ProblemException invalid(List<FieldError> errors) {
    Comparator<FieldError> byPlace =
        Comparator.comparing(error -> error.pointer() == null ? "" : error.pointer());
    return Problem.invalid(errors.stream().sorted(byPlace).toList()).toException();
  }
}
