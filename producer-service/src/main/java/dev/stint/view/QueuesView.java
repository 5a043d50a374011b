package dev.stint.view;

import dev.stint.job.LaneCounts;
import dev.stint.job.StateName;
import dev.stint.lane.Lane;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All lanes, and what they hold together. */
public record QueuesView(List<LaneView> items, Totals totals) {
  /**
   * A lane.
   *
   * @param depth jobs that are ready and wait for a worker
   * @param counts kept jobs by state
   * @param ended jobs that ever came to a final state, by that state
   */
  public record LaneView(
      String queue,
      String task,
      long depth,
      Map<StateName, Long> counts,
      Map<StateName, Long> ended) {}

  /** Sums over all lanes. */
  public record Totals(long depth, Map<StateName, Long> counts, Map<StateName, Long> ended) {}

  /**
   * The lanes of the catalogue, with those of the store that it does not know any more.
   *
   * @param known lanes to show even if they never had a job
   */
  static QueuesView of(Collection<Lane> known, Collection<LaneCounts> stored) {
    var lanes = new LinkedHashMap<Lane, LaneView>();
    known.forEach(lane -> lanes.put(lane, lane(new LaneCounts(lane, Map.of(), Map.of()))));
    stored.forEach(counts -> lanes.put(counts.lane(), lane(counts)));
    List<LaneView> items =
        lanes.values().stream()
            .sorted(Comparator.comparing(LaneView::queue).thenComparing(LaneView::task))
            .toList();
    return new QueuesView(
        items,
        new Totals(
            items.stream().mapToLong(LaneView::depth).sum(),
            sum(items.stream().map(LaneView::counts).toList(), false),
            sum(items.stream().map(LaneView::ended).toList(), true)));
  }

  private static LaneView lane(LaneCounts counts) {
    return new LaneView(
        counts.lane().queue(),
        counts.lane().task(),
        counts.now().getOrDefault(StateName.QUEUED, 0L),
        sum(List.of(counts.now()), false),
        sum(List.of(counts.ended()), true));
  }

  /** By state, with a zero for those that nothing is in. */
  private static Map<StateName, Long> sum(List<Map<StateName, Long>> parts, boolean finalOnly) {
    var sums = new EnumMap<StateName, Long>(StateName.class);
    for (StateName state : StateName.values()) {
      if (!finalOnly || state.isFinal()) {
        sums.put(state, parts.stream().mapToLong(part -> part.getOrDefault(state, 0L)).sum());
      }
    }
    return sums;
  }
}
