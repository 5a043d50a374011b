package dev.stint.start;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A worker is ready while it is connected to the broker and takes jobs. */
@Readiness
@Singleton
final class WorkerReadiness implements HealthCheck {
  private final Vitals vitals;

  WorkerReadiness(Vitals vitals) {
    this.vitals = vitals;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("worker")
        .status(vitals.isConnected() && !vitals.isDraining())
        .withData("broker", vitals.isConnected())
        .withData("draining", vitals.isDraining())
        .build();
  }
}
