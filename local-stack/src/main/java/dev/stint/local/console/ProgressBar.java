package dev.stint.local.console;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far something is: a bar that grows in place on a terminal; elsewhere, where nothing can be
 * overwritten, a line for each further tenth. For one thread.
 */
public final class ProgressBar {
  private static final int WIDTH = 40;

  private final PrintWriter out;
  private final boolean terminal;
  private final int total;
  private int lastTenth = -1;

  /**
   * @param total at least 1
   */
  public ProgressBar(PrintWriter out, boolean terminal, int total) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
  }

  public void show(int done) {
    int tenth = (int) (done * 10L / total);
    if (terminal) {
      out.print("\r" + bar(done));
      if (done >= total) {
        out.println();
      }
    } else if (tenth > lastTenth) {
      out.println(figures(done));
    }
    lastTenth = tenth;
    out.flush();
  }

  String bar(int done) {
    int filled = (int) ((long) done * WIDTH / total);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + figures(done);
  }

  private String figures(int done) {
    return String.format(Locale.ROOT, "%d/%d %d %%", done, total, done * 100L / total);
  }
}
