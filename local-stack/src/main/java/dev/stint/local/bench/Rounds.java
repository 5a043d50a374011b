package dev.stint.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stint.local.console.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** A measurement, repeated; with its settings, since a figure without them means nothing. */
public final class Rounds {
  private final String name;
  private final Map<String, Object> settings;
  private final Callable<Figures> measurement;
  private final List<Figures> rounds = new ArrayList<>();

  public Rounds(String name, Map<String, Object> settings, Callable<Figures> measurement) {
    this.name = name;
    this.settings = new TreeMap<>(settings);
    this.measurement = measurement;
  }

  /** Measures so often, and shows each round and the medians. */
  public void run(int times, PrintWriter out) throws Exception {
    out.println(name + " " + settings + " " + machine());
    for (int round = 1; round <= times; round++) {
      out.println("round " + round + " of " + times);
      out.flush();
      rounds.add(measurement.call());
    }
    out.println(table());
    out.println("Other programs on the machine change rates; compare only figures of one run.");
    out.flush();
  }

  public void write(Path file) throws IOException {
    var all = new LinkedHashMap<String, Object>();
    all.put("bench", name);
    all.put("settings", settings);
    all.put("machine", machine());
    all.put("rounds", rounds.stream().map(Figures::values).toList());
    all.put("median", Figures.median(rounds).values());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
  }

  private String table() {
    var rows = new ArrayList<List<String>>();
    Figures.median(rounds)
        .values()
        .forEach((figure, median) -> {
          var row = new ArrayList<>(List.of(figure, number(median)));
          rounds.forEach(round -> row.add(number(round.values().getOrDefault(figure, 0.0))));
          rows.add(row);
        });
    var head = new ArrayList<>(List.of("", "median"));
    for (int round = 1; round <= rounds.size(); round++) {
      head.add("#" + round);
    }
    rows.addFirst(head);
    return TextTable.of(rows);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }

  private static String machine() {
    return Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version();
  }
}
