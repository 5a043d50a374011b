package dev.stint.local.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named figures of one measurement, in the order in which they are shown. */
public final class Figures {
  private final Map<String, Double> values = new LinkedHashMap<>();

  void put(String name, double value) {
    values.put(name, value);
  }

  Map<String, Double> values() {
    return values;
  }

  /** What was used between two samples, by job. */
  static Figures between(Sample start, Sample end) {
    var figures = new Figures();
    double jobs = Math.max(1, end.done() - start.done());
    figures.put("jobs/s", jobs * 1e9 / Math.max(1, end.nanos() - start.nanos()));
    double total = 0;
    for (var part : end.cpu().entrySet()) {
      var before = start.cpu().get(part.getKey());
      double micros =
          (before == null ? part.getValue() : part.getValue().minus(before)).toNanos() / 1e3 / jobs;
      figures.put(part.getKey().label() + " CPU us/job", micros);
      total += micros;
    }
    figures.put("total CPU us/job", total);
    figures.put("scripts/job", (end.calls().scripts() - start.calls().scripts()) / jobs);
    figures.put("commands/job", (end.calls().commands() - start.calls().commands()) / jobs);
    return figures;
  }

  /** The median of each figure over several measurements. */
  static Figures median(List<Figures> rounds) {
    var median = new Figures();
    for (String name : rounds.getFirst().values.keySet()) {
      var sorted = new ArrayList<Double>();
      rounds.forEach(round -> sorted.add(round.values.getOrDefault(name, 0.0)));
      sorted.sort(null);
      int middle = sorted.size() / 2;
      median.put(
          name,
          sorted.size() % 2 == 1
              ? sorted.get(middle)
              : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
    return median;
  }
}
