package dev.stint.local.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What must hold of the processes that have lived through it. */
final class ProcessRules {
  /** Threads come and go by load: idle ones are ended after a while, those of a pool stay. */
  private static final int SLACK = 16;

  private final Evidence evidence;

  ProcessRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Finding> check() {
    return List.of(endings(), nothingLeaks());
  }

  /** A fault tells them to, or a poison job that they ran. */
  private Finding endings() {
    var processes = evidence.processes();
    var poisoned =
        evidence.runs().stream()
            .filter(run -> run.task().equals(Names.POISON))
            .map(Run::pid)
            .collect(Collectors.toSet());
    var offenders = new ArrayList<>(processes.mishaps());
    processes.deaths().stream()
        .filter(death -> death.exitCode() != Death.KILLED || !poisoned.contains(death.pid()))
        .forEach(death -> offenders.add(death.toString()));
    return new Finding(
        "processes end only when they are told to",
        processes.names().size(),
        offenders,
        poisoned.size() + " were killed by poison jobs");
  }

  private Finding nothingLeaks() {
    var living = evidence.processes().living();
    var offenders = living.stream().flatMap(usage -> leaks(usage).stream()).toList();
    var note = living.stream().map(ProcessRules::told).collect(Collectors.joining("; "));
    return new Finding("no connection, thread or file is leaked", living.size(), offenders, note);
  }

  /** What is wrong with a process, compared with a fresh one of its kind. */
  private List<String> leaks(Usage usage) {
    var leaks = new ArrayList<String>();
    for (var fresh : evidence.processes().fresh()) {
      if (!Names.kind(fresh.name()).equals(Names.kind(usage.name()))) {
        continue;
      }
      if (usage.files() > fresh.files() + SLACK
          || usage.threads() > fresh.threads() + SLACK
          || usage.toRedis() != fresh.toRedis()
          || usage.toBroker() != fresh.toBroker()) {
        leaks.add(told(usage) + "; a fresh one: " + told(fresh));
      }
    }
    return leaks;
  }

  private static String told(Usage usage) {
    return "%s %d files, %d threads, %d+%d connections"
        .formatted(usage.name(), usage.files(), usage.threads(), usage.toRedis(), usage.toBroker());
  }
}
