package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.Claim;
import dev.stint.job.Held;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobSpec;
import dev.stint.job.Moved;
import dev.stint.job.RetryPolicy;
import dev.stint.job.StateName;
import dev.stint.job.StoreUnavailableException;
import dev.stint.job.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Jobs for tests, and what they do to them. Safe for many threads. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

  private final JobIdSource ids = new JobIdSource(() -> NOW, new Random(7));

  JobSpec spec(int partition) {
    return new JobSpec(
        ids.next(partition),
        "square",
        "default",
        Map.of(),
        0,
        Map.of(),
        NOW,
        null,
        Duration.ofMinutes(1),
        RetryPolicy.DEFAULT);
  }

  /** Submits a new job. */
  JobSpec submit(RedisStore store, int partition) {
    var spec = spec(partition);
    if (!(store.jobs().submit(spec, null) instanceof Submission.Queued)) {
      throw new IllegalStateException("not queued: " + spec.id());
    }
    return spec;
  }

  Held claim(RedisStore store, JobSpec spec) {
    var claim = store.jobs().claim(spec.id(), 1, "worker-1", NOW);
    if (claim instanceof Claim.Claimed(var held)) {
      return held;
    }
    throw new IllegalStateException("not claimed: " + claim);
  }

  /** Claims and completes a job. */
  Moved run(RedisStore store, JobSpec spec) {
    return store.jobs().complete(claim(store, spec), "1", NOW);
  }

  /** Waits until a store says of all these jobs that they have succeeded. */
  static void awaitSucceeded(RedisStore store, List<JobSpec> specs, Duration limit) {
    await()
        .atMost(limit)
        .ignoreException(StoreUnavailableException.class)
        .untilAsserted(() ->
            assertThat(specs)
                .allSatisfy(spec ->
                    assertThat(store.queries().find(spec.id()).orElseThrow().state().name())
                        .isEqualTo(StateName.SUCCEEDED)));
  }
}
