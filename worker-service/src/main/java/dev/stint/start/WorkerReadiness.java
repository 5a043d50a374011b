package dev.stint.start;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A worker is ready while it takes jobs: it is connected to the broker, which has its lanes, the
 * store hears it, and it does not drain.
 */
@Readiness
@Singleton
final class WorkerReadiness implements HealthCheck {
  private final Vitals vitals;

  WorkerReadiness(Vitals vitals) {
    this.vitals = vitals;
  }

  @Override
  public HealthCheckResponse call() {
    boolean broker = vitals.isConnected();
    boolean lanes = vitals.isListening();
    boolean store = vitals.isHeard();
    return HealthCheckResponse.named("worker")
        .status(broker && lanes && store && !vitals.isDraining())
        .withData("broker", broker)
        .withData("lanes", lanes)
        .withData("store", store)
        .withData("draining", vitals.isDraining())
        .build();
  }
}
