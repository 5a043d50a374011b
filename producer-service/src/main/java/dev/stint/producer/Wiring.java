package dev.stint.producer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stint.amqp.AmqpConnection;
import dev.stint.amqp.BrokerSettings;
import dev.stint.amqp.ChannelConfig;
import dev.stint.catalogue.Catalogue;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobPruning;
import dev.stint.job.JobQueries;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSurvey;
import dev.stint.job.Outbox;
import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.json.Json;
import dev.stint.redis.Durability;
import dev.stint.redis.RedisSettings;
import dev.stint.redis.RedisStore;
import dev.stint.submit.RequestLimits;
import dev.stint.upkeep.Chore;
import dev.stint.upkeep.DuePromoter;
import dev.stint.upkeep.JobPruner;
import dev.stint.upkeep.OutboxRelay;
import dev.stint.upkeep.Reconciler;
import dev.stint.upkeep.Upkeep;
import dev.stint.upkeep.WorkerReaper;
import dev.stint.worker.DeadLetters;
import dev.stint.worker.WorkerRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes every bean that is not a class of this module, and the list of chores. */
final class Wiring {
  private final ProducerSettings settings;

  Wiring(ProducerSettings settings) {
    this.settings = settings;
  }

  @Produces
  @Singleton
  ObjectMapper json() {
    return Json.MAPPER;
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  /** Safe for many threads. */
  @Produces
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  Catalogue catalogue() {
    var config = ConfigProvider.getConfig();
    return Catalogue.load(
        settings.config(), name -> config.getOptionalValue(name, String.class).orElse(null));
  }

  @Produces
  @Singleton
  Partitions partitions() {
    return new Partitions(settings.partitions());
  }

  @Produces
  @Singleton
  RequestLimits limits() {
    return new RequestLimits(settings.request().maxSize());
  }

  @Produces
  @Singleton
  JobIdSource ids(InstantSource clock, RandomGenerator random) {
    return new JobIdSource(clock, random);
  }

  @Produces
  @Singleton
  RedisStore store(Vertx vertx, Partitions partitions) {
    var kept = settings.retention();
    var retention =
        checked(
            "stint.retention",
            () -> new Retention(kept.succeeded(), kept.failed(), kept.cancelled()));
    return RedisStore.open(
        vertx,
        checked(
            "stint.redis",
            () ->
                new RedisSettings(
                    settings.redis().url(),
                    settings.redis().connections(),
                    partitions,
                    retention,
                    RedisSettings.DEFAULT_TIME_LIMIT,
                    Durability.parse(
                        settings.redis().durability(), settings.redis().waitTimeout()))));
  }

  void close(@Disposes RedisStore store) {
    store.close();
  }

  @Produces
  @Singleton
  JobRepository jobs(RedisStore store) {
    return store.jobs();
  }

  @Produces
  @Singleton
  JobQueries queries(RedisStore store) {
    return store.queries();
  }

  @Produces
  @Singleton
  Outbox outbox(RedisStore store) {
    return store.outbox();
  }

  @Produces
  @Singleton
  JobPruning pruning(RedisStore store) {
    return store.pruning();
  }

  @Produces
  @Singleton
  JobSurvey survey(RedisStore store) {
    return store.survey();
  }

  @Produces
  @Singleton
  WorkerRegistry workers(RedisStore store) {
    return store.workers();
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(RedisStore store) {
    return store.deadLetters();
  }

  @Produces
  @Singleton
  AmqpConnection connection(Vertx vertx) {
    var broker = settings.broker();
    var attributes = new HashMap<>(Map.of("url", broker.url(), "kind", broker.kind()));
    broker.caFile().ifPresent(file -> attributes.put("ca-file", file));
    return AmqpConnection.open(
        vertx, checked("stint.broker", () -> BrokerSettings.of(ChannelConfig.of(attributes))));
  }

  void close(@Disposes AmqpConnection connection) {
    connection.close().toCompletableFuture().join();
  }

  /** What goes on by itself, and how often. */
  @Produces
  @Singleton
  Upkeep upkeep(
      OutboxRelay relay,
      DuePromoter promoter,
      WorkerReaper reaper,
      JobPruner pruner,
      Reconciler reconciler,
      JobGauges gauges,
      RandomGenerator random) {
    return new Upkeep(
        List.of(
            new Chore("relay", relay::runOnce, Duration.ofSeconds(1)),
            new Chore("promote", promoter::runOnce, Duration.ofMillis(250)),
            new Chore("reap", reaper::runOnce, Duration.ofSeconds(2)),
            new Chore("reconcile", reconciler::runOnce, Duration.ofSeconds(2)),
            new Chore("prune", pruner::runOnce, Duration.ofSeconds(5)),
            new Chore("gauges", gauges::runOnce, Duration.ofSeconds(5))),
        random);
  }

  private static <T> T checked(String setting, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new BadSettingException(setting, e);
    }
  }
}
