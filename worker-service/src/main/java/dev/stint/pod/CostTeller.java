package dev.stint.pod;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Tells Kubernetes what it costs to end this worker's pod, so that a scale-down takes idle ones
 * first. A hint only: whatever the API server does or does not do, the worker goes on as if it were
 * not there. It has a thread of its own.
 */
public final class CostTeller implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(CostTeller.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final PatchPolicy policy;
  private final IntSupplier cost;
  private final LongSupplier nanos;

  /** Troubles that were logged since the last patch that went well. */
  private final Set<String> known = new HashSet<>();

  private boolean everTold;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pod-cost").factory());

  /**
   * @param nanos like System.nanoTime
   */
  CostTeller(Cluster cluster, PatchPolicy policy, IntSupplier cost, LongSupplier nanos) {
    this.cluster = cluster;
    this.policy = policy;
    this.cost = cost;
    this.nanos = nanos;
  }

  /**
   * Begins to tell.
   *
   * @param cost of this worker now, asked by another thread
   */
  public static CostTeller start(Pod pod, IntSupplier cost) {
    var teller =
        new CostTeller(
            new ApiServer(pod, PATIENCE), new PatchPolicy(pod.interval()), cost, System::nanoTime);
    LOG.infof("pod deletion cost is on pod=%s/%s api=%s", pod.namespace(), pod.name(), pod.api());
    teller.timer.scheduleWithFixedDelay(teller::guarded, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return teller;
  }

  /** Says nothing more; the pod keeps what it has. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Looks once, and tells if it is time. */
  void runOnce() throws InterruptedException {
    int now = cost.getAsInt();
    if (!policy.isDue(now, nanos.getAsLong())) {
      return;
    }
    switch (cluster.annotate(now)) {
      case Answer.Done() -> {
        policy.told(now, nanos.getAsLong());
        well();
      }
      case Answer.Refused(var status, var message) -> {
        policy.failed(nanos.getAsLong());
        trouble("refused, status " + status, message + advice(status));
      }
      case Answer.Away(var cause) -> {
        policy.failed(nanos.getAsLong());
        trouble("not told", cause);
      }
    }
  }

  private void guarded() {
    try {
      runOnce();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      policy.failed(nanos.getAsLong());
      trouble("not told", bug.toString());
    }
  }

  private void well() {
    if (!everTold || !known.isEmpty()) {
      LOG.info("pod deletion cost is told");
    }
    everTold = true;
    known.clear();
  }

  private void trouble(String what, String why) {
    if (known.add(what)) {
      LOG.warnf("pod deletion cost is %s; jobs are not concerned cause=%s", what, why);
    }
  }

  private static String advice(int status) {
    return switch (status) {
      case 401 -> " (the token of the service account is not accepted)";
      case 403 ->
          " (the pod's service account needs a Role with apiGroups [\"\"], resources [pods],"
              + " verbs [patch])";
      case 404 -> " (stint.kubernetes.pod and .namespace must be those of the pod)";
      default -> "";
    };
  }
}
