package dev.stint.producer;

import dev.stint.amqp.AmqpConnection;
import dev.stint.catalogue.Catalogue;
import dev.stint.lane.Lane;
import dev.stint.upkeep.Upkeep;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Starts what runs by itself, and stops it. Redis and the broker may be away meanwhile. */
@Singleton
final class ProducerLife {
  private static final Logger LOG = Logger.getLogger(ProducerLife.class);

  private final Catalogue catalogue;
  private final AmqpConnection connection;
  private final Upkeep upkeep;

  ProducerLife(Catalogue catalogue, AmqpConnection connection, Upkeep upkeep) {
    this.catalogue = catalogue;
    this.connection = connection;
    this.upkeep = upkeep;
  }

  void start(@Observes StartupEvent event) {
    connection
        .lanes()
        .declare(catalogue.lanes().stream().map(Lane::address).toList())
        .whenComplete((_, failure) -> {
          if (failure != null) {
            LOG.warnf("lanes could not be declared cause=%s", failure.getMessage());
          }
        });
    upkeep.start();
  }

  void listens(@ObservesAsync HttpServerStart event, HttpServer server) {
    LOG.infof(
        "producer listens url=%s docs=/q/swagger-ui tasks=%d",
        server.getLocalBaseUri(), catalogue.tasks().size());
  }

  /** Before the store and the broker are closed, which the container does after this. */
  void stop(@Observes ShutdownEvent event) {
    upkeep.close();
  }
}
