package dev.stint.local.chaos;

import java.util.List;
import java.util.Map;

/**
 * All that is known after a run, from four sources that do not know each other: the client, the
 * handlers, Stint's API, and Redis.
 *
 * @param ended by {@code queue:task:state}, what the API says ever ended
 * @param kept by {@code queue:task:state}, what the API says is kept
 * @param mishaps processes that ended by themselves or would not end
 */
record Evidence(
    Ledger ledger,
    List<JobRecord> jobs,
    List<Run> runs,
    Map<String, Long> ended,
    Map<String, Long> kept,
    StoreLook store,
    Processes processes,
    List<String> mishaps) {

  /**
   * What is known of the processes.
   *
   * @param names by pid, of all workers that ever ran
   * @param living what those hold that have lived through it
   * @param fresh what a fresh one of each kind holds
   */
  record Processes(
      Outages outages, Map<Long, String> names, List<Usage> living, List<Usage> fresh) {}
}
