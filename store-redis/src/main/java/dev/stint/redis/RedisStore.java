package dev.stint.redis;

import dev.stint.job.JobJournal;
import dev.stint.job.JobPruning;
import dev.stint.job.JobQueries;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSurvey;
import dev.stint.job.Outbox;
import dev.stint.worker.DeadLetters;
import dev.stint.worker.WorkerRegistry;
import io.vertx.core.Vertx;

/**
 * All repositories on Redis (6.2 or newer, or Valkey): one server, the master that sentinels name,
 * or a cluster.
 *
 * <p>Opening it needs no Redis: connections are made when first used and again, for ever, when they
 * break. While Redis is away calls fail, within about two seconds, with {@link
 * dev.stint.job.StoreUnavailableException}. Thread-safe. Calls block: make them on virtual threads,
 * never on an event loop.
 */
public final class RedisStore implements AutoCloseable {
  private final Calls calls;
  private final Server server;
  private final RedisJobs jobs;
  private final RedisOutbox outbox;
  private final RedisQueries queries;
  private final RedisJournal journal;
  private final RedisPruning pruning;
  private final RedisSurvey survey;
  private final RedisWorkers workers;
  private final RedisDeadLetters deadLetters;

  private RedisStore(Vertx vertx, RedisSettings settings) {
    calls = Calls.open(vertx, settings);
    var partitions = new AllPartitions(calls, settings.partitions());
    server = new Server(calls);
    jobs = new RedisJobs(calls, partitions, settings.retention());
    outbox = new RedisOutbox(calls, partitions, vertx);
    queries = new RedisQueries(calls, new LaneIndex(calls, partitions));
    journal = new RedisJournal(calls);
    pruning = new RedisPruning(partitions);
    survey = new RedisSurvey(calls, partitions);
    workers = new RedisWorkers(calls);
    deadLetters = new RedisDeadLetters(calls);
  }

  public static RedisStore open(Vertx vertx, RedisSettings settings) {
    return new RedisStore(vertx, settings);
  }

  public JobRepository jobs() {
    return jobs;
  }

  public Outbox outbox() {
    return outbox;
  }

  public JobQueries queries() {
    return queries;
  }

  public JobJournal journal() {
    return journal;
  }

  public JobPruning pruning() {
    return pruning;
  }

  public JobSurvey survey() {
    return survey;
  }

  public WorkerRegistry workers() {
    return workers;
  }

  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /**
   * Whether Redis answers. The first time it does, its version and settings are looked at.
   *
   * @throws dev.stint.job.StoreUnavailableException if it does not, or is older than 6.2
   */
  public void ping() {
    server.ping();
  }

  @Override
  public void close() {
    outbox.close();
    calls.close();
  }
}
