package dev.stint.local.chaos;

import dev.stint.local.engine.BrokerServer;
import dev.stint.local.engine.LocalBroker;
import dev.stint.local.engine.RabbitServer;
import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.process.Complaint;
import dev.stint.local.service.ServiceProgram;
import dev.stint.local.stack.DataFolder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is made on. The engines are its own always: they are killed.
 *
 * @param home the checkout
 * @param natively whether services run as native executables, else on a JVM
 * @param rabbit what starts RabbitMQ; null for the embedded Artemis
 * @param redis a Redis or Valkey server; null for the one that is found
 */
public record ChaosSettings(
    Path home, boolean natively, @Nullable Path rabbit, @Nullable Path redis) {
  /**
   * Looks whether the services are there.
   *
   * @throws Complaint if one was not built
   */
  void check() {
    List.of("producer-service", "worker-service").forEach(this::program);
  }

  /**
   * @throws Complaint if it was not built
   */
  ServiceProgram program(String module) {
    return natively ? ServiceProgram.natively(home, module) : ServiceProgram.onJvm(home, module);
  }

  LocalBroker broker(DataFolder data) {
    return rabbit == null
        ? new BrokerServer(data.broker(), data.ports().of("broker"))
        : RabbitServer.in(data.broker(), rabbit);
  }

  RedisServer redis(DataFolder data) {
    var program = redis == null ? RedisProgram.find(data.programs()) : redis;
    return new RedisServer(program, data.redis(), data.ports().of("redis"));
  }

  @Override
  public String toString() {
    return (rabbit == null ? "Artemis" : "RabbitMQ")
        + ", services "
        + (natively ? "native" : "on a JVM");
  }
}
