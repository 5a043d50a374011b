package dev.stint.work;

import dev.stint.handler.JobContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a handler is given in a test, and what it said. */
public final class TestContext implements JobContext {
  public final List<String> lines = new CopyOnWriteArrayList<>();
  public final List<Double> progress = new CopyOnWriteArrayList<>();
  private final Map<String, Object> params;

  public TestContext(Map<String, Object> params) {
    this.params = params;
  }

  @Override
  public String jobId() {
    return "01jd9k5v3mzz000000000000";
  }

  @Override
  public String task() {
    return "task";
  }

  @Override
  public String queue() {
    return "default";
  }

  @Override
  public int attempt() {
    return 2;
  }

  @Override
  public int maxAttempts() {
    return 5;
  }

  @Override
  public Map<String, Object> params() {
    return params;
  }

  @Override
  public Map<String, String> labels() {
    return Map.of();
  }

  @Override
  public Instant deadline() {
    return Instant.now().plusSeconds(30);
  }

  @Override
  public void progress(double fraction) {
    progress.add(fraction);
  }

  @Override
  public void log(String line) {
    lines.add(line);
  }
}
