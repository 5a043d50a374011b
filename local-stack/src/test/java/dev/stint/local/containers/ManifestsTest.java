package dev.stint.local.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.catalogue.Catalogue;
import dev.stint.lane.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files under docker/ say to each other and to the services has to agree. */
class ManifestsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final Path DOCKER = ROOT.resolve("docker");
  private static final Path KUBERNETES = DOCKER.resolve("kubernetes");

  /** What interrupted handlers get after the drain timeout; see the worker's Drain. */
  private static final Duration TO_STOP = Duration.ofSeconds(15);

  private final Document compose = Document.read(DOCKER.resolve("compose.yaml")).getFirst();

  @Test
  void every_manifest_is_complete_and_applied() throws IOException {
    var kustomization = Document.read(KUBERNETES.resolve("kustomization.yaml")).getFirst();
    var applied = kustomization.items("resources").map(Document::text).collect(Collectors.toSet());

    try (Stream<Path> files = Files.list(KUBERNETES)) {
      var manifests =
          files.filter(file -> !file.endsWith("kustomization.yaml")).map(Path::toFile).toList();
      assertThat(manifests)
          .allSatisfy(file ->
              assertThat(Document.read(file.toPath()))
                  .allSatisfy(manifest -> {
                    assertThat(manifest.text("apiVersion")).isNotEmpty();
                    assertThat(manifest.text("kind")).isNotEmpty();
                    assertThat(manifest.text("metadata", "name")).isNotEmpty();
                  }));
      var named = manifests.stream().map(java.io.File::getName).collect(Collectors.toSet());
      named.remove("secret.example.yaml");
      assertThat(applied).isEqualTo(named);
    }
  }

  @Test
  void a_pod_has_more_time_to_end_than_its_drain_takes() {
    var pod = deployment("worker").at("spec", "template", "spec");

    var grace = Duration.ofSeconds(Long.parseLong(pod.text("terminationGracePeriodSeconds")));

    assertThat(grace)
        .isGreaterThan(
            Duration.parse(env("worker").get("STINT_WORKER_DRAIN_TIMEOUT")).plus(TO_STOP));
  }

  @Test
  void a_container_has_more_time_to_end_than_its_drain_takes() {
    var worker = compose.at("services", "worker");

    assertThat(Duration.parse("PT" + worker.text("stop_grace_period")))
        .isGreaterThan(
            Duration.parse(worker.text("environment", "STINT_WORKER_DRAIN_TIMEOUT")).plus(TO_STOP));
  }

  @Test
  void a_unit_has_more_time_to_end_than_its_drain_takes() throws IOException {
    var unit = Files.readString(DOCKER.resolve("systemd/stint-worker@.service"));

    var stop = Duration.ofSeconds(Long.parseLong(found("(?m)^TimeoutStopSec=(\\d+)$", unit)));

    assertThat(stop)
        .isGreaterThan(
            Duration.parse(found("STINT_WORKER_DRAIN_TIMEOUT=(\\S+)", unit)).plus(TO_STOP));
  }

  @ParameterizedTest
  @CsvSource({
    "worker, worker-service, dev.stint.start.WorkerSettings",
    "producer, producer-service, dev.stint.producer.ProducerSettings"
  })
  void variables_are_those_that_the_service_reads(String service, String module, String mapping)
      throws Exception {
    var known = Settings.of(ROOT.resolve(module), mapping);
    var used = new HashSet<>(env(service).keySet());
    secret().keys("stringData").forEach(used::add);
    compose.keys("services", service, "environment").forEach(used::add);
    for (var unit : List.of("stint-worker@.service", "stint-producer.service")) {
      if (unit.contains(service)) {
        used.addAll(variables(Files.readString(DOCKER.resolve("systemd").resolve(unit))));
      }
    }
    for (var suffix : List.of("", ".jvm")) {
      used.addAll(variables(Files.readString(DOCKER.resolve("Dockerfile." + service + suffix))));
    }
    used.removeAll(Set.of("QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT"));

    assertThat(known).contains("STINT_REDIS_URL", "STINT_RETENTION_SUCCEEDED");
    assertThat(known).containsAll(used);
    assertThat(used).contains("STINT_CONFIG", "STINT_BROKER_KIND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker", "producer"})
  void ports_and_images_agree(String service) throws IOException {
    var container = container(service);
    var port = env(service).get("QUARKUS_HTTP_PORT");

    assertThat(container.text("ports", 0, "containerPort")).isEqualTo(port);
    assertThat(container.text("image")).isEqualTo("stint-" + service);
    assertThat(compose.text("services", service, "image")).endsWith(":-stint-" + service + "}");
    for (var suffix : List.of("", ".jvm")) {
      var dockerfile = Files.readString(DOCKER.resolve("Dockerfile." + service + suffix));
      assertThat(found("QUARKUS_HTTP_PORT=(\\d+)", dockerfile)).isEqualTo(port);
      assertThat(found("(?m)^EXPOSE (\\d+)$", dockerfile)).isEqualTo(port);
    }
  }

  @Test
  void the_published_port_is_the_producers_and_of_this_host_only() {
    assertThat(compose.text("services", "producer", "ports", 0))
        .startsWith("127.0.0.1:")
        .endsWith(":" + env("producer").get("QUARKUS_HTTP_PORT"));
    assertThat(compose.at("services", "worker").has("ports")).isFalse();
    assertThat(compose.at("services", "worker").has("container_name")).isFalse();
  }

  @Test
  void redis_is_durable_and_evicts_nothing() {
    var command = compose.items("services", "redis", "command").map(Document::text).toList();

    assertThat(command).containsSubsequence("--appendonly", "yes");
    assertThat(command).containsSubsequence("--maxmemory-policy", "noeviction");
  }

  @Test
  void the_broker_lets_stint_have_its_queues_for_as_long_as_a_job_may_run() throws IOException {
    var conf = new Properties();
    try (var reader = Files.newBufferedReader(DOCKER.resolve("rabbitmq/rabbitmq.conf"))) {
      conf.load(reader);
    }
    var lane = new Lane("default", "sha256").address();

    // A job's timeout is at most 30 days.
    assertThat(Duration.ofMillis(Long.parseLong(conf.getProperty("consumer_timeout"))))
        .isGreaterThan(Duration.ofDays(30));
    for (var name : List.of(lane, "stint.dead")) {
      assertThat(name).containsPattern(conf.getProperty("default_permissions.configure"));
      assertThat(name).containsPattern(conf.getProperty("default_permissions.read"));
      assertThat(name).containsPattern(conf.getProperty("default_permissions.write"));
    }
    assertThat("amq.default").containsPattern(conf.getProperty("default_permissions.write"));
    assertThat("other").doesNotContainPattern(conf.getProperty("default_permissions.configure"));
  }

  @Test
  void catalogues_are_valid(@TempDir Path folder) throws IOException {
    var map = Document.read(KUBERNETES.resolve("catalogue.yaml")).getFirst();
    var file = Files.writeString(folder.resolve("stint.yaml"), map.text("data", "stint.yaml"));

    assertThat(Catalogue.load(file, _ -> null).taskNames()).containsExactly("square");
    assertThat(Catalogue.load(DOCKER.resolve("stint.yaml"), _ -> null).taskNames())
        .containsExactly("square", "sleep");
    assertThat(Catalogue.load(DOCKER.resolve("test/stint.yaml"), _ -> null).taskNames())
        .containsExactly("journal");
  }

  private static Document secret() {
    return Document.read(KUBERNETES.resolve("secret.example.yaml")).getFirst();
  }

  private static Document deployment(String service) {
    return Document.read(KUBERNETES.resolve(service + ".yaml")).stream()
        .filter(manifest -> manifest.text("kind").equals("Deployment"))
        .findFirst()
        .orElseThrow();
  }

  private static Document container(String service) {
    return deployment(service).at("spec", "template", "spec", "containers", 0);
  }

  private static Map<String, String> env(String service) {
    return container(service)
        .items("env")
        .collect(
            Collectors.toMap(
                entry -> entry.text("name"),
                entry -> entry.has("value") ? entry.text("value") : "of the pod"));
  }

  private static Set<String> variables(String text) {
    return Pattern.compile("\\b((?:STINT|QUARKUS)_[A-Z_]+)=")
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static String found(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
