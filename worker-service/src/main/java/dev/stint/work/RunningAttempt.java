package dev.stint.work;

import dev.stint.handler.JobContext;
import dev.stint.job.FailedAttempt;
import dev.stint.job.Failure;
import dev.stint.job.Held;
import dev.stint.job.JobJournal;
import dev.stint.job.JobSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An attempt while its handler runs: what the handler sees of it, and the handle to stop it. Only
 * the handler is ever interrupted, never the store calls before and after it. For any thread.
 */
final class RunningAttempt implements JobContext {
  /** Log lines held back between two flushes; a handler that writes more loses none, it flushes. */
  private static final int MOST_LINES_HELD = 200;

  private final JobSpec spec;
  private final Held held;
  private final Instant startedAt;
  private final JobJournal journal;
  private final Thread thread = Thread.currentThread();

  private boolean inHandler = true;
  private @Nullable StopReason stopped;
  private @Nullable String stack;

  private List<String> lines = new ArrayList<>(0);
  private final LogTail tail = new LogTail();
  private double progress = -1;
  private boolean progressed;

  /** Made by the thread that will run the handler. */
  RunningAttempt(JobSpec spec, Held held, Instant startedAt, JobJournal journal) {
    this.spec = spec;
    this.held = held;
    this.startedAt = startedAt;
    this.journal = journal;
  }

  JobSpec spec() {
    return spec;
  }

  Held held() {
    return held;
  }

  /** Interrupts the handler, if it still runs and was not stopped before. */
  synchronized void stop(StopReason reason) {
    if (inHandler && stopped == null) {
      stopped = reason;
      stack =
          Arrays.stream(thread.getStackTrace())
              .map(frame -> "at " + frame)
              .collect(Collectors.joining("\n"));
      thread.interrupt();
    }
  }

  /** The handler has ended: from here on nothing interrupts this thread on its account. */
  synchronized void leave() {
    inHandler = false;
    // Clears an interrupt that came when the handler was about to return.
    Thread.interrupted();
  }

  /** Why the handler was stopped; null if it was not. */
  synchronized @Nullable StopReason stopped() {
    return stopped;
  }

  /** Where the handler was when it was stopped. */
  synchronized @Nullable String stack() {
    return stack;
  }

  /** What is kept of it if it has failed. */
  synchronized FailedAttempt failed(Failure failure) {
    return new FailedAttempt(failure, tail.lines());
  }

  @Override
  public String jobId() {
    return spec.id().value();
  }

  @Override
  public String task() {
    return spec.task();
  }

  @Override
  public String queue() {
    return spec.queue();
  }

  @Override
  public int attempt() {
    return held.attempt();
  }

  @Override
  public int maxAttempts() {
    return spec.retry().maxAttempts();
  }

  @Override
  public Map<String, Object> params() {
    return spec.params();
  }

  @Override
  public Map<String, String> labels() {
    return spec.labels();
  }

  @Override
  public Instant deadline() {
    return startedAt.plus(spec.timeout());
  }

  @Override
  public synchronized void progress(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("progress must be 0 to 1, not " + fraction);
    }
    progressed |= fraction != progress;
    progress = fraction;
  }

  @Override
  public void log(String line) {
    boolean full;
    synchronized (this) {
      lines.add(line);
      tail.add(line);
      full = lines.size() >= MOST_LINES_HELD;
    }
    if (full) {
      flush();
    }
  }

  /** Writes what the handler said since the last time. */
  void flush() {
    List<String> said;
    double reached;
    synchronized (this) {
      said = lines;
      lines = said.isEmpty() ? said : new ArrayList<>();
      reached = progressed ? progress : -1;
      progressed = false;
    }
    if (!said.isEmpty()) {
      journal.log(held, said);
    }
    if (reached >= 0) {
      journal.progress(held, reached);
    }
  }
}
