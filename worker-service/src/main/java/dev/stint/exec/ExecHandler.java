package dev.stint.exec;

import dev.stint.handler.JobContext;
import dev.stint.handler.JobHandler;
import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.json.Json;
import dev.stint.task.HandlerSpec.Exec;
import dev.stint.task.HandlerSpec.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task's command, without a shell and in a process group of its own. Params go in as
 * arguments and as JSON on stdin, stdout is the result, stderr the job's log. Told to stop, it
 * sends SIGTERM to the group, and SIGKILL after the task's grace. No process of the group outlives
 * the attempt.
 */
public final class ExecHandler implements JobHandler {
  /** What a command gets of the worker's own environment; all else stays hidden from it. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR");

  /** Any pipe takes so much without a reader (POSIX: PIPE_BUF is at least 512; Linux: 4,096). */
  private static final int PIPE_HOLDS = 4_096;

  private final Exec spec;
  private final int mostOutputBytes;

  /**
   * @param mostOutputBytes a command that writes more to stdout is killed, and the job fails
   */
  public ExecHandler(Exec spec, int mostOutputBytes) {
    this.spec = spec;
    this.mostOutputBytes = mostOutputBytes;
  }

  @Override
  public Outcome handle(JobContext context) throws InterruptedException {
    var argv =
        spec.argv().stream()
            .map(arg -> Placeholders.fill(arg, context.params(), UnaryOperator.identity()))
            .toList();
    ProcessGroup group;
    try {
      group = start(argv, context);
    } catch (IOException e) {
      return new Outcome.Failed(
          Failure.of(FailureKind.HANDLER, "cannot run " + argv.getFirst() + ": " + e.getMessage()),
          null);
    }
    var process = group.leader();
    var errors = new ErrorLines(process.getErrorStream(), context);
    var logging = thread("stderr", errors);
    try {
      feed(process, Json.writeBytes(context.params()));
      return finish(process, errors, logging, group);
    } catch (InterruptedException e) {
      stop(process, group);
      throw e;
    } finally {
      group.kill();
    }
  }

  private ProcessGroup start(List<String> argv, JobContext context) throws IOException {
    // setsid would only tell on stderr that the program is not there.
    if (Programs.find(argv.getFirst()).isEmpty()) {
      throw new IOException("no such program");
    }
    var builder = new ProcessBuilder(argv);
    if (spec.directory() != null) {
      builder.directory(spec.directory().toFile());
    }
    Map<String, String> env = builder.environment();
    env.keySet().retainAll(INHERITED);
    env.put("STINT_JOB_ID", context.jobId());
    env.put("STINT_TASK", context.task());
    env.put("STINT_ATTEMPT", Integer.toString(context.attempt()));
    env.putAll(spec.env());
    return ProcessGroup.start(builder);
  }

  private static void feed(Process process, byte[] params) {
    if (params.length <= PIPE_HOLDS) {
      write(process, params);
    } else {
      thread("stdin", () -> write(process, params));
    }
  }

  private static void write(Process process, byte[] params) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(params);
    } catch (IOException notRead) {
      // A command need not read its stdin; most take their params as arguments.
    }
  }

  private Outcome finish(Process process, ErrorLines errors, Thread logging, ProcessGroup group)
      throws InterruptedException {
    var reader = new OutputReader(process.getInputStream(), mostOutputBytes);
    var reading = thread("stdout", reader);
    awaitEnd(process, reader, group);
    // Children that outlive the command would hold its pipes open.
    int code = process.waitFor();
    group.kill();
    reading.join();
    logging.join();
    if (reader.overflowed()) {
      return new Outcome.Rejected(
          Failure.of(FailureKind.RESULT, "stdout is larger than " + mostOutputBytes + " bytes"));
    }
    return code == 0 ? result(reader.text()) : failed(code, errors.last());
  }

  private static void awaitEnd(Process process, OutputReader reader, ProcessGroup group)
      throws InterruptedException {
    process.onExit().thenRun(reader::processEnded);
    if (reader.awaitOverflowOrEnd()) {
      group.kill();
    }
  }

  private void stop(Process process, ProcessGroup group) {
    group.terminate();
    try {
      if (!process.waitFor(spec.grace().toMillis(), TimeUnit.MILLISECONDS)) {
        group.kill();
      }
    } catch (InterruptedException twice) {
      group.kill();
      Thread.currentThread().interrupt();
    }
  }

  private Outcome result(byte[] stdout) {
    var text = new String(stdout, StandardCharsets.UTF_8);
    if (spec.output() == Output.TEXT) {
      return Outcome.done(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }
    if (text.isBlank()) {
      return Outcome.done();
    }
    try {
      return Outcome.done(Json.read(text, Object.class));
    } catch (IllegalArgumentException e) {
      return new Outcome.Rejected(
          Failure.of(FailureKind.RESULT, "stdout is not JSON: " + e.getMessage()));
    }
  }

  /**
   * A platform thread: reading a pipe holds on to the thread below a virtual one, and there are
   * only so many of those (jdk.virtualThreadScheduler.maxPoolSize is 256).
   */
  private static Thread thread(String name, Runnable reading) {
    return Thread.ofPlatform().daemon().name("exec-" + name).start(reading);
  }

  /** Java tells a death by signal as 128 and its number, as shells do. */
  private static Outcome failed(int code, @Nullable String lastLine) {
    var what = code > 128 ? "ended by signal " + (code - 128) : "exit code " + code;
    var why = lastLine == null || lastLine.isEmpty() ? "" : ": " + lastLine;
    return new Outcome.Failed(Failure.exit(code, what + why), null);
  }
}
