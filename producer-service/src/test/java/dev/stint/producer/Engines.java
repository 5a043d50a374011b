package dev.stint.producer;

import dev.stint.amqp.EmbeddedBroker;
import dev.stint.redis.RedisProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A real Redis and a real broker for the producer under test. */
public final class Engines implements QuarkusTestResourceLifecycleManager {
  private RedisProcess redis;
  private EmbeddedBroker broker;

  @Override
  public Map<String, String> start() {
    redis = RedisProcess.start();
    broker = EmbeddedBroker.create();
    return Map.of(
        "stint.redis.url",
        redis.url(),
        "stint.broker.url",
        broker.url(),
        "stint.config",
        "src/test/resources/catalogue.yaml",
        "quarkus.log.category.\"org.apache.activemq\".level",
        "ERROR");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisProcess.class));
    injector.injectIntoFields(broker, new TestInjector.MatchesType(EmbeddedBroker.class));
  }

  @Override
  public void stop() {
    broker.close();
    redis.close();
  }
}
