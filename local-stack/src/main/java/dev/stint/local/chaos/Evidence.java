package dev.stint.local.chaos;

import java.util.List;
import java.util.Map;

/**
 * All that is known after a run, from sources that do not know each other: the client, the
 * handlers, Stint's API, Redis, and the broker.
 *
 * @param ended by {@code queue:task:state}, what the API says ever ended
 * @param kept by {@code queue:task:state}, what the API says is kept
 * @param strays messages that are no jobs
 */
record Evidence(
    Ledger ledger,
    List<JobRecord> jobs,
    List<Run> runs,
    Map<String, Long> ended,
    Map<String, Long> kept,
    StoreLook store,
    Strays strays,
    Processes processes) {

  /**
   * What is known of the processes.
   *
   * @param names by pid, of all workers that ever ran
   * @param living what those hold that have lived through it
   * @param fresh what a fresh one of each kind holds
   * @param deaths of those that no fault had ended
   * @param mishaps what happened to them beside that and was not planned
   */
  record Processes(
      Outages outages,
      Map<Long, String> names,
      List<Usage> living,
      List<Usage> fresh,
      List<Death> deaths,
      List<String> mishaps) {}
}
