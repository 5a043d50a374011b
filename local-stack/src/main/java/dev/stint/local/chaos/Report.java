package dev.stint.local.chaos;

import dev.stint.local.console.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** What came out of a run, for people. */
public final class Report {
  private static final int MOST_OFFENDERS = 10;

  private final long seed;
  private final List<Fault> faults;
  private final List<JobRecord> jobs;
  private final List<Finding> findings;

  Report(long seed, List<Fault> faults, Evidence evidence, List<Finding> findings) {
    this.seed = seed;
    this.faults = List.copyOf(faults);
    this.jobs = evidence.jobs();
    this.findings = List.copyOf(findings);
  }

  /** Whether everything holds. */
  public boolean isGood() {
    return findings.stream().allMatch(Finding::holds);
  }

  @Override
  public String toString() {
    return String.join("\n\n", faults(), jobs(), rules(), notes(), violations()).strip();
  }

  private String faults() {
    long kills = faults.stream().filter(Fault::kills).count();
    var head = "faults, seed " + seed;
    return table(head, faults.stream().collect(counting(Fault::kind)))
        + "\nfaults in all: "
        + faults.size()
        + ", kills: "
        + kills;
  }

  private String jobs() {
    return table("jobs", jobs.stream().collect(counting(JobRecord::state)))
        + "\nattempts whose worker was lost: "
        + jobs.stream().mapToLong(JobRecord::lost).sum();
  }

  private String rules() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("what must hold", "looked at", ""));
    for (var one : findings) {
      var verdict = one.holds() ? "ok" : "VIOLATED " + one.offenders().size();
      rows.add(List.of(one.rule(), Long.toString(one.looked()), verdict));
    }
    return TextTable.of(rows);
  }

  private String notes() {
    return findings.stream()
        .filter(one -> !one.note().isEmpty())
        .map(one -> one.rule() + ": " + one.note())
        .collect(Collectors.joining("\n"));
  }

  private String violations() {
    return findings.stream()
        .filter(one -> !one.holds())
        .map(one ->
            "VIOLATED: "
                + one.rule()
                + "\n  "
                + one.offenders().stream()
                    .limit(MOST_OFFENDERS)
                    .collect(Collectors.joining("\n  ")))
        .collect(Collectors.joining("\n"));
  }

  private static <T> Collector<T, ?, Map<String, Long>> counting(Function<T, String> kind) {
    return Collectors.groupingBy(kind, TreeMap::new, Collectors.counting());
  }

  private static String table(String head, Map<String, Long> counts) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of(head, ""));
    counts.forEach((name, count) -> rows.add(List.of(name, count.toString())));
    return TextTable.of(rows);
  }
}
