package dev.stint.producer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the producer, beside those of Quarkus itself (quarkus.http.port and so on). */
@ConfigMapping(prefix = "stint")
public interface ProducerSettings {
  /** The file with the catalogue and, if wanted, settings. */
  @WithDefault("stint.yaml")
  Path config();

  Redis redis();

  Broker broker();

  /** Parts the store is divided into; the same for all processes on one Redis, for ever. */
  @WithDefault("1")
  @Min(value = 1, message = "must be 1 to 1024") @Max(value = 1024, message = "must be 1 to 1024") int partitions();

  Retained retention();

  Requests request();

  /** Where the records are. */
  interface Redis {
    /** {@code redis://[[user]:password@]host[:port][/database]}, or rediss for TLS. */
    @WithDefault("redis://127.0.0.1:6379")
    String url();

    /** Connections, each pipelined. */
    @WithDefault("2")
    @Min(value = 1, message = "must be 1 to 64") @Max(value = 64, message = "must be 1 to 64") int connections();

    /** How safe a job must be before it is accepted: none, aof or replicas:N. */
    @WithName("wait")
    @WithDefault("none")
    String durability();

    /** A job that is not that safe by then is refused. */
    @WithDefault("PT1S")
    Duration waitTimeout();
  }

  /** Where the lanes are. */
  interface Broker {
    /** {@code amqp://[user:password@]host:port[/vhost]}, or amqps for TLS; several by comma. */
    @WithDefault("amqp://127.0.0.1:5672")
    String url();

    /** artemis or rabbitmq. */
    @WithDefault("artemis")
    String kind();

    /** PEM file of the authorities that are trusted with amqps; those of the JVM if not given. */
    Optional<String> caFile();
  }

  /** How long ended jobs are kept, by how they ended. */
  interface Retained {
    @WithDefault("PT24H")
    Duration succeeded();

    @WithDefault("P14D")
    Duration failed();

    @WithDefault("P14D")
    Duration cancelled();
  }

  /** What clients may send. */
  interface Requests {
    /** Bytes of the body of a submit. */
    @WithDefault("1048576")
    @Min(value = 1024, message = "must be 1024 to 16777216") @Max(value = 16_777_216, message = "must be 1024 to 16777216") int maxSize();
  }
}
