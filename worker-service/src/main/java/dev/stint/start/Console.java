package dev.stint.start;

import java.io.PrintStream;

/** What a command says to the person who called it. */
final class Console {
  private Console() {}

  /** Prints to stdout, or to stderr if it went wrong. */
  @SuppressWarnings("SystemOut")
  static void print(String text, int exitCode) {
    PrintStream out = exitCode == 0 ? System.out : System.err;
    out.println(text);
  }
}
