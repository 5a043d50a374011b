package dev.stint.start;

import dev.stint.amqp.AmqpConnection;
import dev.stint.amqp.ConnectionListener;
import dev.stint.job.StoreUnavailableException;
import dev.stint.redis.RedisStore;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code worker check}: is the catalogue right, are store and broker there? Exits 0 or 1. */
final class CheckApplication implements QuarkusApplication {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Setup setup;
  private final WorkerSettings settings;
  private final Vertx vertx;

  CheckApplication(Setup setup, WorkerSettings settings, Vertx vertx) {
    this.setup = setup;
    this.settings = settings;
    this.vertx = vertx;
  }

  @Override
  public int run(String... args) throws InterruptedException {
    var problems = new ArrayList<String>();
    try {
      var plan = setup.plan();
      plan.warnings().forEach(warning -> Console.print("warning: " + warning, 0));
      Console.print("catalogue: " + plan.lanes().size() + " lanes " + plan.lanes(), 0);
      checkStore(plan, problems);
      checkBroker(plan, problems);
    } catch (SetupException e) {
      problems.addAll(e.problems());
    }
    problems.forEach(problem -> Console.print("worker: " + problem, 1));
    return problems.isEmpty() ? 0 : 1;
  }

  private void checkStore(Setup.Plan plan, List<String> problems) {
    try (var store = RedisStore.open(vertx, plan.redis())) {
      store.ping();
      Console.print("redis: ok", 0);
    } catch (StoreUnavailableException e) {
      problems.add("redis: " + e.getMessage());
    }
  }

  private void checkBroker(Setup.Plan plan, List<String> problems) throws InterruptedException {
    var connected = new CountDownLatch(1);
    var broker = AmqpConnection.open(vertx, plan.broker());
    broker.addListener(
        new ConnectionListener() {
          @Override
          public void connected() {
            connected.countDown();
          }

          @Override
          public void lost(Throwable cause) {
            // Only the first answer is of interest.
          }
        });
    if (connected.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      Console.print("broker: ok", 0);
    } else {
      problems.add(
          "broker: no connection to "
              + settings.broker().url().replaceAll("//[^@/]*@", "//")
              + " within "
              + PATIENCE.toSeconds()
              + " s");
    }
    broker.close().toCompletableFuture().join();
  }
}
