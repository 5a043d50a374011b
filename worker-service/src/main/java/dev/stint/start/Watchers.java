package dev.stint.start;

import dev.stint.amqp.AmqpConnection;
import dev.stint.slot.Slots;
import dev.stint.work.Tally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** What probes and meters see of a worker: ready while it is connected and takes jobs. */
@Readiness
@Singleton
final class Watchers implements HealthCheck {
  private final MeterRegistry meters;
  private volatile @Nullable AmqpConnection broker;
  private volatile @Nullable Drain drain;
  private volatile int exitCode;

  Watchers(MeterRegistry meters) {
    this.meters = meters;
  }

  void watch(Slots slots, AmqpConnection connection, Drain draining) {
    Gauge.builder("stint.slots.total", slots, Slots::total).register(meters);
    Gauge.builder("stint.slots.used", slots, Slots::used).register(meters);
    this.drain = draining;
    this.broker = connection;
  }

  /** Shows a counter of ended attempts. */
  void count(Tally.Key key, LongAdder count) {
    FunctionCounter.builder("stint.attempts.ended", count, LongAdder::sum)
        .tag("task", key.task())
        .tag("ending", key.ending())
        .register(meters);
  }

  @Override
  public HealthCheckResponse call() {
    var connection = broker;
    var draining = drain;
    boolean connected = connection != null && connection.isConnected();
    boolean leaving = draining != null && draining.isDraining();
    return HealthCheckResponse.named("worker")
        .status(connected && !leaving)
        .withData("broker", connected)
        .withData("draining", leaving)
        .build();
  }

  void exit(int code) {
    exitCode = code;
    Quarkus.asyncExit(code);
  }

  int exitCode() {
    return exitCode;
  }
}
