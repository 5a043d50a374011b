package dev.stint.local.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evidence that is told by a test; what it leaves out is in good order. */
final class Story {
  final Ledger ledger = new Ledger();
  final List<JobRecord> jobs = new ArrayList<>();
  final List<String> journal = new ArrayList<>();
  final Map<String, Long> ended = new HashMap<>();
  final Map<String, Long> kept = new HashMap<>();
  final Set<String> keys = new HashSet<>();
  final Map<String, List<String>> members = new HashMap<>();
  final Outages outages = new Outages();
  final List<Death> deaths = new ArrayList<>();
  final List<String> mishaps = new ArrayList<>();
  final List<Strays.Sent> sent = new ArrayList<>();
  final List<String> dead = new ArrayList<>();
  final List<String> shown = new ArrayList<>();
  long counted;
  final List<Usage> living = new ArrayList<>();
  final List<Usage> fresh = new ArrayList<>();

  /** A job that was accepted, with its record, its counters and its key in Redis. */
  Story job(String id, Ask.End wanted, String state, int attempt, String... failures) {
    accepted(id, wanted);
    record(id, state, attempt, failures);
    keys.add("stint:{p000}:idem:" + id);
    return this;
  }

  Ask accepted(String id, Ask.End wanted) {
    var ask = new Ask("key-" + id, "quick", "{}", wanted, false, null);
    ledger.accepted(ask, id);
    return ask;
  }

  void record(String id, String state, int attempt, String... failures) {
    jobs.add(
        new JobRecord(
            id, "default:quick", state, attempt, 3, "worker-1-m1-101", List.of(failures)));
    keys.add("stint:{p000}:job:" + id);
    kept.merge("default:quick:" + state, 1L, Long::sum);
    if (JobRecord.FINAL.contains(state)) {
      ended.merge("default:quick:" + state, 1L, Long::sum);
    }
  }

  /** A line of the journal. */
  Story line(String what, String job, int attempt, long pid, long at) {
    return line(what, job, attempt, pid, at, "quick");
  }

  Story line(String what, String job, int attempt, long pid, long at, String task) {
    journal.add(what + " " + job + " " + attempt + " " + pid + " " + at + " " + task);
    return this;
  }

  /** A key that is a set, a sorted set or a hash. */
  Story key(String name, String... itsMembers) {
    keys.add(name);
    members.put(name, List.of(itsMembers));
    return this;
  }

  Evidence evidence() {
    var names = Map.of(101L, "worker-1", 102L, "worker-2");
    return new Evidence(
        ledger,
        jobs,
        Run.parse(journal),
        ended,
        kept,
        new StoreLook(keys, members),
        new Strays(sent, dead, shown, counted),
        new Evidence.Processes(outages, names, living, fresh, deaths, mishaps));
  }

  /** Those of the findings that do not hold, each with what broke it. */
  static Map<String, List<String>> violated(List<Finding> findings) {
    var violated = new HashMap<String, List<String>>();
    findings.stream()
        .filter(finding -> !finding.holds())
        .forEach(finding -> violated.put(finding.rule(), finding.offenders()));
    return violated;
  }
}
