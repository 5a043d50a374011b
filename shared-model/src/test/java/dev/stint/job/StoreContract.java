package dev.stint.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/**
 * What every store has to do, whatever it is made of: the contracts that extend this, one for each
 * concern. An implementation's test extends each of them and gives its repositories.
 */
public abstract class StoreContract {
  public static final int PARTITIONS = 3;
  protected static final Failure FAILURE = Failure.of(FailureKind.ERROR, "it broke");

  /** A store's repositories. */
  public record Repositories(
      JobRepository jobs,
      Outbox outbox,
      JobQueries queries,
      JobJournal journal,
      JobPruning pruning,
      JobSurvey survey) {}

  protected Instant now = Instant.parse("2026-12-01T10:00:00Z");
  private final JobIdSource ids = new JobIdSource(() -> now, new Random(7));

  /**
   * The repositories under test: at the begin of each test over an empty store of {@value
   * #PARTITIONS} partitions with the default retention, within a test always over the same.
   */
  protected abstract Repositories store();

  protected final JobRepository jobs() {
    return store().jobs();
  }

  protected final JobQueries queries() {
    return store().queries();
  }

  protected final void pass(Duration time) {
    now = now.plus(time);
  }

  protected final JobId id(int partition) {
    return ids.next(partition);
  }

  protected final JobSpec spec() {
    return spec("default", "square", 0);
  }

  protected final JobSpec spec(String queue, String task, int partition) {
    return spec(id(partition), queue, task, null);
  }

  protected final JobSpec spec(RetryPolicy retry) {
    return spec(id(0), "default", "square", null, retry);
  }

  protected final JobSpec specDueIn(Duration delay) {
    return spec(id(0), "default", "square", now.plus(delay));
  }

  private JobSpec spec(JobId id, String queue, String task, Instant dueAt) {
    return spec(id, queue, task, dueAt, RetryPolicy.DEFAULT.withMaxAttempts(3));
  }

  private JobSpec spec(JobId id, String queue, String task, Instant dueAt, RetryPolicy retry) {
    return new JobSpec(
        id,
        task,
        queue,
        Map.of("number", 7),
        0,
        Map.of(),
        now,
        dueAt,
        Duration.ofMinutes(5),
        retry);
  }

  protected final Publication submitted(JobSpec spec) {
    return ((Submission.Queued) jobs().submit(spec, null)).publication();
  }

  protected final Held claimed(Publication publication) {
    return claimed(publication, "worker-1");
  }

  protected final Held claimed(Publication publication, String worker) {
    var claim = jobs().claim(publication.spec().id(), publication.ticket(), worker, now);
    return ((Claim.Claimed) claim).held();
  }

  protected final Held aRunningJob() {
    return claimed(submitted(spec()));
  }

  /** Makes a job in a state; gives the right that its last worker had, or would have had. */
  protected final Held aJob(StateName state) {
    return switch (state) {
      case SCHEDULED -> {
        var spec = specDueIn(Duration.ofSeconds(10));
        jobs().submit(spec, null);
        yield new Held(spec.id(), 1, 1);
      }
      case QUEUED -> new Held(submitted(spec()).spec().id(), 1, 1);
      case RUNNING -> aRunningJob();
      case RETRYING -> {
        var held = aRunningJob();
        jobs().retryLater(held, FAILURE, now.plusSeconds(10), now);
        yield held;
      }
      case SUCCEEDED -> {
        var held = aRunningJob();
        jobs().complete(held, "49", now);
        yield held;
      }
      case FAILED -> {
        var held = aRunningJob();
        jobs().giveUp(held, FAILURE, now);
        yield held;
      }
      case CANCELLED -> {
        var held = aRunningJob();
        jobs().cancel(held.id(), held, now);
        yield held;
      }
    };
  }

  protected final Job find(JobId id) {
    return queries().find(id).orElseThrow();
  }

  protected final StateName stateOf(JobId id) {
    return find(id).state().name();
  }
}
