package dev.stint.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell process that ends our children if we are gone without having done so, even by
 * SIGKILL: it holds the other end of a pipe, and the pipe's end is its signal. Safe for many
 * threads.
 */
final class Guard implements AutoCloseable {
  private final Process process;

  private Guard(Process process) {
    this.process = process;
  }

  static Guard start(List<String> ownSession) throws IOException {
    var command = new ArrayList<>(ownSession);
    command.addAll(List.of("sh", "-c", script(), "stint-guard"));
    return new Guard(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  void watch(ChildProcess child) {
    Launch launch = child.launch();
    say("+ " + child.pid() + " " + launch.stage().ordinal() + " " + launch.grace().toSeconds());
  }

  void forget(long pid) {
    say("- " + pid);
  }

  /** Ends the guard, and with it what it still watches. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
  }

  private synchronized void say(String line) {
    try {
      OutputStream pipe = process.getOutputStream();
      pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      pipe.flush();
    } catch (IOException e) {
      // The guard is gone: killed, or closed. The pid files are left to find children by.
      System.getLogger(Guard.class.getName()).log(System.Logger.Level.DEBUG, "guard is gone", e);
    }
  }

  private static String script() throws IOException {
    try (InputStream in = Guard.class.getResourceAsStream("guard.sh")) {
      if (in == null) {
        throw new IOException("guard.sh is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
