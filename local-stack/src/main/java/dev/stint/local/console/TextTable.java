package dev.stint.local.console;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns: the first to the left, the others to the right. */
public final class TextTable {
  private TextTable() {}

  /**
   * @param rows all of the same length
   */
  public static String of(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> cell(row.get(column), widths[column], column == 0))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String cell(String text, int width, boolean left) {
    return String.format(Locale.ROOT, (left ? "%-" : "%") + Math.max(1, width) + "s", text);
  }
}
