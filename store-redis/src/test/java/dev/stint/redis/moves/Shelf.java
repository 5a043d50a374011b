package dev.stint.redis.moves;

import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.JobJournal;
import dev.stint.job.JobPruning;
import dev.stint.job.JobState;
import dev.stint.job.Outbox;
import dev.stint.job.Publication;
import dev.stint.job.Retention;
import dev.stint.job.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of a {@link Model}, what is to be told of them, and what is counted. One thread. */
final class Shelf implements Outbox, JobJournal, JobPruning {
  /** The first use of an idempotency key. */
  record Use(JobId id, String fingerprint) {}

  private final Map<JobId, Lifetime> jobs = new TreeMap<>();
  private final Map<JobId, Long> expiries = new TreeMap<>();
  private final Map<String, Long> outbox = new TreeMap<>();
  private final Map<String, Long> totals = new TreeMap<>();
  private final Set<String> lanes = new TreeSet<>();
  private final Map<String, Use> keys = new HashMap<>();

  @Nullable Lifetime find(JobId id) {
    return jobs.get(id);
  }

  Lifetime get(JobId id) {
    return Objects.requireNonNull(jobs.get(id), id.value());
  }

  Map<String, Use> keys() {
    return keys;
  }

  /** Keeps a job, and counts it when it ends. */
  void put(Lifetime job, Instant now) {
    var id = job.spec().id();
    lanes.add(lane(job));
    jobs.put(id, job);
    var state = job.state().name();
    if (!state.isFinal()) {
      expiries.remove(id);
    } else if (!expiries.containsKey(id)) {
      expiries.put(id, now.plus(kept(state)).toEpochMilli());
      totals.merge(lane(job) + ":" + state.wire(), 1L, Long::sum);
    }
  }

  /** Notes a publication of a job under its last ticket. */
  Publication publish(Lifetime job, Instant now) {
    outbox.put(job.spec().id() + ":" + job.ticket(), now.toEpochMilli());
    return new Publication(job.spec(), job.ticket());
  }

  /** Whether no broker has confirmed that publication yet. */
  boolean isToBePublished(JobId id, long ticket) {
    return outbox.containsKey(id + ":" + ticket);
  }

  List<JobId> due(Instant now, int most) {
    return first(dues(), now.toEpochMilli(), most);
  }

  /** Redis forgets everything. */
  void forget() {
    List.of(jobs, expiries, outbox, totals, keys).forEach(Map::clear);
    lanes.clear();
  }

  @Override
  public void confirmed(Publication publication) {
    outbox.remove(publication.spec().id() + ":" + publication.ticket());
  }

  @Override
  public List<Publication> overdue(Instant madeBefore, Instant now, int most) {
    var taken = new ArrayList<Publication>();
    for (String entry : first(outbox, madeBefore.toEpochMilli() - 1, most)) {
      outbox.remove(entry);
      var parts = entry.split(":");
      var job = jobs.get(new JobId(parts[0]));
      if (job != null && job.isQueuedWith(Long.parseLong(parts[1]))) {
        put(job.published(), now);
        taken.add(publish(job.published(), now));
      }
    }
    return taken;
  }

  @Override
  public long size() {
    return outbox.size();
  }

  @Override
  public void progress(Held held, double fraction) {
    jobs.computeIfPresent(held.id(), (_, job) -> job.isHeldWith(held) ? job.at(fraction) : job);
  }

  /** The last lines of a run may come after its end, until another claim. */
  @Override
  public void log(Held held, List<String> lines) {
    jobs.computeIfPresent(
        held.id(), (_, job) -> job.token() == held.token() ? job.logged(lines) : job);
  }

  @Override
  public Set<JobId> cancelling(Collection<JobId> running) {
    var asked = new HashSet<>(running);
    asked.removeIf(id -> jobs.get(id) == null || !get(id).traces().asked());
    return asked;
  }

  @Override
  public int prune(Instant now, int most) {
    var old = first(expiries, now.toEpochMilli(), most);
    for (JobId id : old) {
      var job = get(id);
      outbox.remove(id + ":" + job.ticket());
      expiries.remove(id);
      jobs.remove(id);
    }
    return old.size();
  }

  Picture picture() {
    var indexes = new TreeMap<String, Set<String>>();
    var kept = new TreeMap<String, Picture.Kept>();
    jobs.forEach((id, job) -> {
      var index = lane(job) + ":" + job.state().name().wire();
      indexes.computeIfAbsent(index, _ -> new TreeSet<>()).add(id.value());
      kept.put(
          id.value(),
          new Picture.Kept(
              job.job(), job.token(), job.ticket(), job.traces().result(), job.traces().log()));
    });
    return new Picture(
        kept,
        indexes,
        Map.of("due", texts(dues()), "ended", texts(expiries), "outbox", texts(outbox)),
        cancelling(jobs.keySet()).stream().map(JobId::value).collect(Collectors.toSet()),
        Map.copyOf(totals),
        Set.copyOf(lanes),
        keys.values().stream().map(use -> use.id() + " " + use.fingerprint()).sorted().toList());
  }

  private Map<JobId, Long> dues() {
    var due = new TreeMap<JobId, Long>();
    jobs.forEach((id, job) -> {
      switch (job.state()) {
        case JobState.Scheduled(var at) -> due.put(id, at.toEpochMilli());
        case JobState.Retrying(var at, _) -> due.put(id, at.toEpochMilli());
        case JobState.Queued _,
            JobState.Running _,
            JobState.Succeeded _,
            JobState.Failed _,
            JobState.Cancelled _ -> {}
      }
    });
    return due;
  }

  private static String lane(Lifetime job) {
    return job.spec().queue() + ":" + job.spec().task();
  }

  private static Duration kept(StateName state) {
    return switch (state) {
      case SUCCEEDED -> Retention.DEFAULT.succeeded();
      case FAILED -> Retention.DEFAULT.failed();
      case CANCELLED -> Retention.DEFAULT.cancelled();
      case SCHEDULED, QUEUED, RUNNING, RETRYING ->
          throw new IllegalArgumentException(state + " is no end");
    };
  }

  /** The oldest first, by name where they are of the same time. */
  private static <K> List<K> first(Map<K, Long> times, long until, int most) {
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() <= until)
        .sorted(
            Comparator.comparing(Map.Entry<K, Long>::getValue)
                .thenComparing(entry -> entry.getKey().toString()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Long> texts(Map<?, Long> times) {
    return times.entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
  }
}
