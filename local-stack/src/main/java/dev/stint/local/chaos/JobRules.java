package dev.stint.local.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold between what the client was told and what the records say. */
final class JobRules {
  private final Ledger ledger;
  private final Map<String, JobRecord> jobs;

  JobRules(Evidence evidence) {
    this.ledger = evidence.ledger();
    this.jobs =
        evidence.jobs().stream().collect(Collectors.toMap(JobRecord::id, Function.identity()));
  }

  List<Finding> check() {
    return List.of(
        nothingIsLost(),
        nothingIsMadeUp(),
        oneJobPerKey(),
        endsAsItShould(),
        attempts(),
        answers());
  }

  private Finding nothingIsLost() {
    return each(
        "every job answered 202 is in a final state",
        (accepted, job) -> {
          if (job == null) {
            return "has no record";
          }
          return job.isFinal() ? null : "is " + job.state() + ", attempt " + job.attempt();
        });
  }

  private Finding nothingIsMadeUp() {
    var strange = new TreeSet<>(jobs.keySet());
    ledger.all().forEach(accepted -> strange.remove(accepted.id()));
    var offenders = strange.stream().map(id -> id + " was never answered with 202").toList();
    return Finding.of("every job there is was answered 202", jobs.size(), offenders);
  }

  private Finding oneJobPerKey() {
    return new Finding(
        "an idempotency key makes one job",
        ledger.size(),
        ledger.doubles(),
        ledger.timesResent() + " requests sent again");
  }

  /** Faults may cost attempts, and a job that lost its workers too often may fail: not others. */
  private Finding endsAsItShould() {
    return each(
        "jobs end as they should",
        (accepted, job) -> {
          if (job == null || !job.isFinal() || mayEnd(accepted, job)) {
            return null;
          }
          return accepted.ask().task()
              + " should be "
              + accepted.ask().end()
              + (accepted.cancelled() ? ", was answered cancelled," : "")
              + " and is "
              + job.state()
              + " after "
              + job.failures();
        });
  }

  private static boolean mayEnd(Ledger.Accepted accepted, JobRecord job) {
    if (accepted.cancelled()) {
      return job.state().equals("cancelled");
    }
    boolean lostOften = job.state().equals("failed") && job.lost() > 0;
    return switch (accepted.ask().end()) {
      case SUCCEEDED -> job.state().equals("succeeded") || lostOften;
      case FAILED -> job.state().equals("failed");
      // The request to cancel it may come too late.
      case CANCELLED -> !job.state().equals("failed") || lostOften;
      case LOST -> job.state().equals("failed") && job.lost() == job.maxAttempts();
    };
  }

  private Finding attempts() {
    return each(
        "attempts are within the limit",
        (_, job) ->
            job == null || job.attempt() <= job.maxAttempts()
                ? null
                : "attempt " + job.attempt() + " of " + job.maxAttempts());
  }

  private Finding answers() {
    return Finding.of("requests are answered 202, or 503", ledger.size(), ledger.refusals());
  }

  private interface Rule {
    /** What is wrong; null if nothing is. */
    @Nullable String broken(Ledger.Accepted accepted, @Nullable JobRecord job);
  }

  private Finding each(String name, Rule rule) {
    var offenders = new ArrayList<String>();
    for (var accepted : ledger.all()) {
      var broken = rule.broken(accepted, jobs.get(accepted.id()));
      if (broken != null) {
        offenders.add(accepted.id() + " " + broken);
      }
    }
    return Finding.of(name, ledger.size(), offenders);
  }
}
