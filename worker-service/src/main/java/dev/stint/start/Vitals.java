package dev.stint.start;

import dev.stint.amqp.AmqpConnection;
import dev.stint.heartbeat.Heartbeat;
import dev.stint.slot.Slots;
import dev.stint.work.Tally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What probes and meters see of a worker, and the code it exits with. For any thread. */
@Singleton
final class Vitals {
  private final MeterRegistry meters;
  private volatile @Nullable AmqpConnection broker;
  private volatile @Nullable Drain drain;
  private volatile @Nullable Heartbeat heartbeat;
  private volatile boolean listening;
  private volatile int exitCode;

  Vitals(MeterRegistry meters) {
    this.meters = meters;
  }

  void watch(Slots slots, AmqpConnection connection, Heartbeat beating, Drain draining) {
    Gauge.builder("stint.slots.total", slots, Slots::total).register(meters);
    Gauge.builder("stint.slots.used", slots, Slots::used).register(meters);
    this.heartbeat = beating;
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

  /** Shows a counter of refused messages. */
  void count(Tally tally) {
    FunctionCounter.builder("stint.messages.rejected", tally, Tally::rejections).register(meters);
  }

  boolean isConnected() {
    var connection = broker;
    return connection != null && connection.isConnected();
  }

  /** The broker has all lanes. */
  void listening() {
    listening = true;
  }

  boolean isListening() {
    return listening;
  }

  boolean isHeard() {
    var beating = heartbeat;
    return beating != null && beating.isHeard();
  }

  boolean isDraining() {
    var draining = drain;
    return draining != null && draining.isDraining();
  }

  void exit(int code) {
    exitCode = code;
    Quarkus.asyncExit(code);
  }

  int exitCode() {
    return exitCode;
  }
}
