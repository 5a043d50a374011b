package dev.stint.local.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What must hold of the runs that the handlers wrote down themselves. */
final class RunRules {
  private final Map<String, JobRecord> jobs;
  private final List<Run> runs;
  private final Map<String, List<Run>> byJob;
  private final Evidence.Processes processes;
  private final Map<String, Integer> limits;

  /**
   * @param limits most runs at once in a worker, by task
   */
  RunRules(Evidence evidence, Map<String, Integer> limits) {
    this.jobs =
        evidence.jobs().stream().collect(Collectors.toMap(JobRecord::id, Function.identity()));
    this.runs = evidence.runs();
    this.byJob = runs.stream().collect(Collectors.groupingBy(Run::job));
    this.processes = evidence.processes();
    this.limits = Map.copyOf(limits);
  }

  List<Finding> check() {
    return List.of(
        successesAreTrue(), noneEndsTwice(), noneRunsTwiceAtOnce(), attempts(), slots(), limits());
  }

  private Finding successesAreTrue() {
    var succeeded = jobs.values().stream().filter(job -> job.state().equals("succeeded")).toList();
    var offenders =
        succeeded.stream()
            .filter(job -> runsOf(job.id()).stream().noneMatch(run -> isSuccess(run, job)))
            .map(job ->
                job.id() + " attempt " + job.attempt() + " of " + job.worker() + " did not end")
            .toList();
    return Finding.of("each success is a run that ended", succeeded.size(), offenders);
  }

  private static boolean isSuccess(Run run, JobRecord job) {
    return run.ended() && run.attempt() == job.attempt() && run.pid() == job.pid();
  }

  /** A worker may be lost between the end of a run and the move: then its attempt is noted so. */
  private Finding noneEndsTwice() {
    var offenders = new ArrayList<String>();
    int explained = 0;
    for (var job : jobs.values()) {
      long ended = runsOf(job.id()).stream().filter(Run::ended).count();
      if (ended > 1 + job.lost()) {
        offenders.add(job.id() + " ended " + ended + " times, workers lost: " + job.lost());
      } else if (ended > 1) {
        explained++;
      }
    }
    return new Finding(
        "no job succeeds twice", jobs.size(), offenders, explained + " ran to the end twice");
  }

  private Finding noneRunsTwiceAtOnce() {
    var offenders = new ArrayList<String>();
    int explained = 0;
    for (var all : byJob.values()) {
      for (int later = 1; later < all.size(); later++) {
        for (var earlier : all.subList(0, later)) {
          if (earlier.overlaps(all.get(later)) && !parted(earlier, all.get(later))) {
            offenders.add(told(earlier) + " while " + told(all.get(later)));
          } else if (earlier.overlaps(all.get(later))) {
            explained++;
          }
        }
      }
    }
    return new Finding(
        "no job runs twice at once",
        byJob.size(),
        offenders,
        explained + " while the first worker was cut off, hung or killed");
  }

  private boolean parted(Run earlier, Run later) {
    var worker = processes.names().getOrDefault(earlier.pid(), "");
    return processes.outages().parted(worker, earlier.from(), later.from());
  }

  private static String told(Run run) {
    return run.job() + " attempt " + run.attempt() + " in process " + run.pid();
  }

  private Finding attempts() {
    var offenders =
        jobs.values().stream()
            .flatMap(job ->
                runsOf(job.id()).stream()
                    .filter(run -> run.attempt() > job.maxAttempts())
                    .map(RunRules::told))
            .toList();
    return Finding.of("no run is beyond the last attempt", runs.size(), offenders);
  }

  private Finding slots() {
    var perWorker = runs.stream().collect(Collectors.groupingBy(Run::pid)).values();
    return most("a worker runs no more than its slots", perWorker, _ -> ChaosStack.SLOTS);
  }

  private Finding limits() {
    var perTask =
        runs.stream()
            .filter(run -> limits.containsKey(run.task()))
            .collect(Collectors.groupingBy(run -> run.pid() + " " + run.task()))
            .values();
    return most(
        "a worker runs no more than a task's limit",
        perTask,
        run -> limits.getOrDefault(run.task(), 0));
  }

  private static Finding most(
      String rule, Collection<List<Run>> groups, ToIntFunction<Run> allowed) {
    var offenders = new ArrayList<String>();
    int highest = 0;
    for (var group : groups) {
      int most = mostAtOnce(group);
      highest = Math.max(highest, most);
      if (most > allowed.applyAsInt(group.getFirst())) {
        offenders.add("process " + group.getFirst().pid() + " ran " + most + " at once");
      }
    }
    return new Finding(rule, groups.size(), offenders, "at most " + highest);
  }

  private static int mostAtOnce(List<Run> group) {
    var ends = new PriorityQueue<Long>();
    int most = 0;
    for (var run : group.stream().sorted(Comparator.comparingLong(Run::from)).toList()) {
      while (!ends.isEmpty() && ends.peek() <= run.from()) {
        ends.remove();
      }
      ends.add(run.to());
      most = Math.max(most, ends.size());
    }
    return most;
  }

  private List<Run> runsOf(String job) {
    return byJob.getOrDefault(job, List.of());
  }
}
