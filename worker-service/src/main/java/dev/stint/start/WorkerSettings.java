package dev.stint.start;

import dev.stint.worker.SlotLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of a worker; the flags of the command line set the same ones. */
@ConfigMapping(prefix = "stint")
public interface WorkerSettings {
  /** The catalogue, stint.yaml. */
  Optional<String> config();

  Redis redis();

  Broker broker();

  Retention retention();

  Result result();

  /** Partitions of the store; the same for all processes of a fleet. */
  @WithDefault("1")
  int partitions();

  Worker worker();

  Kubernetes kubernetes();

  /** The store. */
  interface Redis {
    @WithDefault("redis://127.0.0.1:6379")
    String url();

    /** Connections this process holds. */
    @WithDefault("2")
    int connections();
  }

  /** The dispatcher. */
  interface Broker {
    /** One or more, comma separated, tried in turn. */
    @WithDefault("amqp://127.0.0.1:5672")
    String url();

    /** {@code artemis} or {@code rabbitmq}. */
    @WithDefault("artemis")
    String kind();

    /** PEM file of the authorities that are trusted with amqps; those of the JVM if not given. */
    Optional<String> caFile();
  }

  /** How long ended jobs are kept. */
  interface Retention {
    @WithDefault("PT24H")
    Duration succeeded();

    @WithDefault("P14D")
    Duration failed();

    @WithDefault("P14D")
    Duration cancelled();
  }

  /** Results kept in the store. */
  interface Result {
    /** In bytes; a larger result fails its job. */
    @WithDefault("1048576")
    int maxSize();
  }

  /** This worker. */
  interface Worker {
    /** Stays the same over restarts; the variable WID, or the host's name, if not given. */
    Optional<String> name();

    /** Jobs that run at once. */
    @WithDefault("" + SlotLimits.DEFAULT_SLOTS)
    int slots();

    /** Jobs of a task that run at once, where that is less than the slots. */
    Map<String, Integer> limit();

    /** Queues to listen on; all of the catalogue if not given. */
    Optional<List<String>> queues();

    /** How long running jobs may go on after the worker was told to leave. */
    @WithDefault("PT30S")
    Duration drainTimeout();
  }

  /** The cluster, if this worker is a pod of one. */
  interface Kubernetes {
    /** Whether the pod is annotated with what it costs to end it. */
    @WithDefault("false")
    boolean deletionCost();

    /** Between two patches of the pod at least. */
    @WithDefault("PT10S")
    Duration interval();

    /** The pod's name; the variable HOSTNAME, if not given. */
    Optional<String> pod();

    /** The pod's namespace; the one in the service account's folder, if not given. */
    Optional<String> namespace();

    /** {@code https://host:port}; as Kubernetes tells each pod in variables, if not given. */
    Optional<String> api();

    /** Folder with the files {@code token}, {@code ca.crt} and {@code namespace}. */
    @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount")
    String serviceAccount();
  }
}
