package dev.stint.producer;

import dev.stint.job.JobQueries;
import dev.stint.job.LaneCounts;
import dev.stint.job.Outbox;
import dev.stint.job.StateName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the gauges up to date: jobs by lane and state, and the size of the outbox. */
@Singleton
final class JobGauges {
  private final JobQueries queries;
  private final Outbox outbox;
  private final MultiGauge jobs;
  private final AtomicLong outboxSize;

  JobGauges(JobQueries queries, Outbox outbox, MeterRegistry meters) {
    this.queries = queries;
    this.outbox = outbox;
    this.jobs = MultiGauge.builder("stint.jobs").description("Jobs kept").register(meters);
    this.outboxSize = Objects.requireNonNull(meters.gauge("stint.outbox.size", new AtomicLong()));
  }

  /** Reads them from Redis; says how many there are. */
  int runOnce() {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    for (LaneCounts lane : queries.counts()) {
      for (StateName state : StateName.values()) {
        Tags tags =
            Tags.of(
                "queue", lane.lane().queue(), "task", lane.lane().task(), "state", state.wire());
        rows.add(MultiGauge.Row.of(tags, lane.now().getOrDefault(state, 0L)));
      }
    }
    jobs.register(rows, true);
    outboxSize.set(outbox.size());
    return rows.size() + 1;
  }
}
