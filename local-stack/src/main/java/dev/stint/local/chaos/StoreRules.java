package dev.stint.local.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold in Redis: its keys are those of docs/redis-keys.md, and tell the same story. */
final class StoreRules {
  private static final Pattern KEY = Pattern.compile("stint:\\{(p\\d{3}|workers)}:(\\w+)(:(.*))?");
  private static final Set<String> PARTITION_KEYS = Set.of("lanes", "totals", "ended");
  private static final Set<String> WORKER_KEYS = Set.of("info", "seen", "lost");
  private static final Set<String> DEAD_LETTER_KEYS = Set.of("rejected", "rejections");

  private final Evidence evidence;
  private final StoreLook store;
  private final Set<String> ids;

  StoreRules(Evidence evidence) {
    this.evidence = evidence;
    this.store = evidence.store();
    this.ids = evidence.jobs().stream().map(JobRecord::id).collect(Collectors.toSet());
  }

  List<Finding> check() {
    return List.of(
        totals("ended counters equal records", evidence.ended(), true),
        totals("kept counters equal records", evidence.kept(), false),
        nothingIsLeftToDo(),
        noOrphans(),
        idempotencyKeys());
  }

  private Finding totals(String rule, Map<String, Long> told, boolean finalOnly) {
    var counted = new HashMap<String, Long>();
    evidence.jobs().stream()
        .filter(job -> !finalOnly || job.isFinal())
        .forEach(job -> counted.merge(job.lane() + ":" + job.state(), 1L, Long::sum));
    var names = new TreeSet<>(told.keySet());
    names.addAll(counted.keySet());
    var offenders =
        names.stream()
            .filter(name -> !told.getOrDefault(name, 0L).equals(counted.getOrDefault(name, 0L)))
            .map(name -> name + " says " + told.get(name) + ", records are " + counted.get(name))
            .toList();
    return Finding.of(rule, names.size(), offenders);
  }

  private Finding nothingIsLeftToDo() {
    var offenders = new ArrayList<String>();
    for (var name : List.of("outbox", "due", "cancels")) {
      store.all(name).forEach(entry -> offenders.add(name + " has " + entry));
    }
    return Finding.of("outbox, due and cancels are empty", 3, offenders);
  }

  private Finding noOrphans() {
    var offenders = new ArrayList<String>();
    for (var key : new TreeSet<>(store.keys())) {
      if (!isKnown(key)) {
        offenders.add(key);
      }
    }
    for (var name : new TreeSet<>(store.all("ended"))) {
      if (!ids.contains(name)) {
        offenders.add("ended has " + name);
      }
    }
    return Finding.of("no key without a job or worker", store.keys().size(), offenders);
  }

  private boolean isKnown(String key) {
    var matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      return false;
    }
    var kind = matcher.group(2);
    var rest = matcher.group(4) == null ? "" : matcher.group(4);
    if (matcher.group(1).equals("workers")) {
      return DEAD_LETTER_KEYS.contains(kind)
          || WORKER_KEYS.contains(kind) && membersOf(key).stream().allMatch(this::ran);
    }
    return switch (kind) {
      case "job", "log" -> ids.contains(rest);
      case "idem" -> true;
      case "ix" ->
          JobRecord.FINAL.contains(rest.substring(rest.lastIndexOf(':') + 1))
              && ids.containsAll(membersOf(key));
      default -> rest.isEmpty() && PARTITION_KEYS.contains(kind);
    };
  }

  private List<String> membersOf(String key) {
    return store.members().getOrDefault(key, List.of());
  }

  /** Whether a worker of this id ever was: an id ends with its pid. */
  private boolean ran(String worker) {
    var pid = Long.parseLong(worker.substring(worker.lastIndexOf('-') + 1));
    return evidence.processes().names().containsKey(pid);
  }

  private Finding idempotencyKeys() {
    long keys = store.keys().stream().filter(key -> key.contains("}:idem:")).count();
    var offenders =
        keys == evidence.ledger().size()
            ? List.<String>of()
            : List.of(keys + " keys, " + evidence.ledger().size() + " requests");
    return Finding.of("an idempotency key for each request", keys, offenders);
  }
}
