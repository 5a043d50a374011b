package dev.stint.redis.moves;

import dev.stint.job.Job;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a store knows of its jobs, as docs/redis-keys.md has it. Empty sets are absent,
 * except in agendas.
 *
 * @param jobs by id
 * @param indexes ids by lane and state
 * @param agendas of times: due, ended and outbox
 * @param cancels ids of running jobs whose worker is asked to stop
 * @param totals by lane and final state
 * @param keys the first uses of idempotency keys: id and fingerprint
 */
record Picture(
    Map<String, Kept> jobs,
    Map<String, Set<String>> indexes,
    Map<String, Map<String, Long>> agendas,
    Set<String> cancels,
    Map<String, Long> totals,
    Set<String> lanes,
    List<String> keys) {

  /** A job, and what its record has beside it. */
  record Kept(Job job, long token, long ticket, @Nullable String result, List<String> log) {}
}
