package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.job.StateName;
import dev.stint.job.StoreUnavailableException;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users, passwords and TLS, on each kind of Redis, with the rights that docs/redis.md tells. */
class ProtectionTest {
  private static final String STORES = "javax.net.ssl.trustStore";
  private static final int PARTITIONS = 8;

  /** What is protected. */
  enum Kind {
    ONE_SERVER(RedisProcess::start),
    SENTINELS(RedisSentinels::start),
    CLUSTER(RedisCluster::start);

    private final Function<Protection, TestRedis> starter;

    Kind(Function<Protection, TestRedis> starter) {
      this.starter = starter;
    }
  }

  @TempDir private static Path folder;
  private static Certificate certificate;

  private final Samples samples = new Samples();
  private final Vertx vertx = Vertx.vertx();

  /** The store trusts whom Java trusts. */
  @BeforeAll
  static void trust() throws Exception {
    certificate = Certificate.in(folder);
    System.setProperty(STORES, certificate.trusted().toString());
    System.setProperty(STORES + "Password", Certificate.PASSWORD);
  }

  @AfterAll
  static void trustAsBefore() {
    System.clearProperty(STORES);
    System.clearProperty(STORES + "Password");
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @EnumSource
  void with_user_and_password_jobs_are_submitted_and_run(Kind kind) {
    try (var redis = kind.starter.apply(new Protection("p@ss:w/rd%1", "0ther&", null))) {
      assertWorks(redis.url());
    }
  }

  @ParameterizedTest
  @EnumSource
  void with_tls_too_jobs_are_submitted_and_run(Kind kind) {
    try (var redis = kind.starter.apply(new Protection("secret", "other", certificate))) {
      assertWorks(redis.url());
    }
  }

  @ParameterizedTest
  @EnumSource
  void with_a_wrong_password_nothing_is(Kind kind) {
    try (var redis = kind.starter.apply(new Protection("secret", "", null))) {
      assertFails(redis.url().replace(":secret@", ":guessed@"));
      assertFails(redis.url().replace("stint:secret@", ""));
      assertWorks(redis.url());
    }
  }

  @Test
  void with_a_wrong_password_of_the_sentinels_nothing_is() {
    try (var redis = RedisSentinels.start(new Protection("secret", "other", null))) {
      assertFails(redis.url().replace("sentinelPassword=other", "sentinelPassword=guessed"));
      assertFails(redis.url().replaceAll("&sentinel.*", ""));
      assertWorks(redis.url());
    }
  }

  @Test
  void a_certificate_of_another_host_is_not_trusted() {
    try (var redis = RedisProcess.start(new Protection("", "", certificate))) {
      assertFails(redis.url().replace("127.0.0.1", "localhost"));
      assertWorks(redis.url());
    }
  }

  private void assertWorks(String url) {
    try (var store = open(url)) {
      store.ping();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        var spec = samples.submit(store, partition);
        assertThat(samples.run(store, spec).applied()).isTrue();
        assertThat(store.queries().find(spec.id()).orElseThrow().state().name())
            .isEqualTo(StateName.SUCCEEDED);
      }
      assertThat(store.queries().counts()).isNotEmpty();
    }
  }

  private void assertFails(String url) {
    try (var store = open(url)) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> samples.submit(store, 0));
    }
  }

  private RedisStore open(String url) {
    return RedisStore.open(
        vertx,
        new RedisSettings(
            url,
            RedisSettings.DEFAULT_CONNECTIONS,
            new Partitions(PARTITIONS),
            Retention.DEFAULT,
            RedisSettings.DEFAULT_TIME_LIMIT));
  }
}
