package dev.stint.producer;

import dev.stint.job.JobQueue;
import dev.stint.job.StoreUnavailableException;
import dev.stint.redis.RedisStore;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that jobs are accepted, for which Redis is needed. The broker is shown but not
 * counted: without it jobs wait in the outbox.
 */
@Readiness
@Singleton
final class RedisReadiness implements HealthCheck {
  private final RedisStore store;
  private final JobQueue queue;

  RedisReadiness(RedisStore store, JobQueue queue) {
    this.store = store;
    this.queue = queue;
  }

  @Override
  public HealthCheckResponse call() {
    var response =
        HealthCheckResponse.named("redis")
            .withData("broker", queue.isReady() ? "connected" : "away");
    try {
      store.ping();
      return response.up().build();
    } catch (StoreUnavailableException e) {
      return response.withData("cause", String.valueOf(e.getMessage())).down().build();
    }
  }
}
