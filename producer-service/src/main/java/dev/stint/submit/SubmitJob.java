package dev.stint.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stint.job.IdempotencyKey;
import dev.stint.job.Job;
import dev.stint.job.JobId;
import dev.stint.job.JobQueries;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.Submission;
import dev.stint.problem.FieldError;
import dev.stint.problem.Problem;
import dev.stint.problem.ProblemException;
import dev.stint.problem.ProblemType;
import jakarta.inject.Singleton;
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
  private final JobQueries queries;
  private final Announcer announcer;

  SubmitJob(
      JobRequestReader reader,
      JobSpecifier specifier,
      JobRepository jobs,
      JobQueries queries,
      Announcer announcer) {
    this.reader = reader;
    this.specifier = specifier;
    this.jobs = jobs;
    this.queries = queries;
    this.announcer = announcer;
  }

  /**
   * A job that is accepted.
   *
   * @param replayed whether an earlier request with the same idempotency key made it
   */
  record Accepted(Job job, boolean replayed) {}

  /**
   * Does it.
   *
   * @param idempotencyKey null if the client gave none
   * @throws ProblemException with everything that is wrong in the request
   */
  Accepted submit(byte[] body, @Nullable String idempotencyKey) {
    ObjectNode tree = reader.parse(body);
    IdempotencyKey key =
        idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey, Fingerprint.of(tree));
    var errors = new ArrayList<FieldError>();
    if (idempotencyKey != null && !PRINTABLE.matcher(idempotencyKey).matches()) {
      errors.add(
          FieldError.inHeader("Idempotency-Key", "must be 1 to 255 printable ASCII characters"));
    }
    JobSpec spec =
        specifier
            .specify(reader.read(tree, errors), key, errors)
            .orElseThrow(() -> invalid(errors));
    return switch (jobs.submit(spec, key)) {
      case Submission.Queued(var publication) -> {
        announcer.announce(publication);
        yield accepted(spec, new JobState.Queued());
      }
      case Submission.Scheduled _ -> accepted(spec, scheduled(spec));
      case Submission.Duplicate(var id) -> replayed(id);
      case Submission.KeyReused(var id) -> throw keyReused("It was used for job " + id);
    };
  }

  private static Accepted accepted(JobSpec spec, JobState state) {
    return new Accepted(new Job(spec, state, 0, List.of(), null, false), false);
  }

  private static JobState scheduled(JobSpec spec) {
    return new JobState.Scheduled(spec.dueAt() == null ? spec.createdAt() : spec.dueAt());
  }

  private Accepted replayed(JobId id) {
    return queries
        .find(id)
        .map(job -> new Accepted(job, true))
        .orElseThrow(() -> keyReused("It was used for job " + id + ", which is no longer kept"));
  }

  private static ProblemException keyReused(String detail) {
    return Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED, detail).toException();
  }

  private static ProblemException invalid(List<FieldError> errors) {
    Comparator<FieldError> byPlace =
        Comparator.comparing(error -> error.pointer() == null ? "" : error.pointer());
    return Problem.invalid(errors.stream().sorted(byPlace).toList()).toException();
  }
}
