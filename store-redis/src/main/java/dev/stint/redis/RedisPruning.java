package dev.stint.redis;

import dev.stint.job.JobPruning;
import java.time.Instant;

/** Removes ended jobs by the time their retention is over, which they got when they ended. */
final class RedisPruning implements JobPruning {
  private final AllPartitions partitions;

  RedisPruning(AllPartitions partitions) {
    this.partitions = partitions;
  }

  @Override
  public int prune(Instant now, int most) {
    return partitions.until(
        most,
        Keys::ended,
        now,
        (partition, left) -> Script.PRUNE.in(partition).arg(now.toEpochMilli()).arg(left),
        answer -> (int) Answers.number(answer));
  }
}
