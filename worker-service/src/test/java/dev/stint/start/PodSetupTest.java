package dev.stint.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.pod.Pod;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodSetupTest {
  @TempDir private Path account;
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void in_a_pod_everything_is_found() throws Exception {
    settings.put("deletion-cost", "true");
    inPod("10.96.0.1");

    assertThat(pod())
        .hasValueSatisfying(pod -> {
          assertThat(pod.api()).hasToString("https://10.96.0.1:6443");
          assertThat(pod.namespace()).isEqualTo("jobs");
          assertThat(pod.name()).isEqualTo("worker-1");
          assertThat(pod.interval()).hasSeconds(10);
        });
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_host_with_colons_is_put_in_brackets() throws Exception {
    settings.put("deletion-cost", "true");
    inPod("fd00::1");

    assertThat(pod())
        .hasValueSatisfying(pod -> assertThat(pod.api()).hasToString("https://[fd00::1]:6443"));
  }

  @Test
  void settings_are_stronger_than_what_the_pod_is_told() throws Exception {
    inPod("10.96.0.1");
    settings.putAll(
        Map.of(
            "deletion-cost", "true",
            "api", "https://cluster:1",
            "namespace", "other",
            "pod", "named",
            "interval", "PT1M"));

    assertThat(pod())
        .hasValueSatisfying(pod -> {
          assertThat(pod.api()).hasToString("https://cluster:1");
          assertThat(pod.namespace()).isEqualTo("other");
          assertThat(pod.name()).isEqualTo("named");
          assertThat(pod.interval()).hasMinutes(1);
        });
  }

  @Test
  void it_is_off_unless_wanted() throws Exception {
    inPod("10.96.0.1");

    assertThat(pod()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void outside_of_a_pod_a_warning_says_what_is_missing() {
    settings.put("deletion-cost", "true");

    assertThat(pod()).isEmpty();
    assertThat(warnings)
        .hasSize(3)
        .allSatisfy(warning -> assertThat(warning).startsWith("stint.kubernetes.deletion-cost: "))
        .anySatisfy(warning -> assertThat(warning).contains("KUBERNETES_SERVICE_HOST"))
        .anySatisfy(warning -> assertThat(warning).contains("no file " + account))
        .anySatisfy(warning -> assertThat(warning).contains("HOSTNAME"));
  }

  @Test
  void a_url_that_is_none_is_named() throws Exception {
    inPod("10.96.0.1");
    settings.putAll(Map.of("deletion-cost", "true", "api", "https://a b"));

    assertThatThrownBy(this::pod)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("api: is no URL: https://a b");
  }

  private void inPod(String host) throws Exception {
    Files.writeString(account.resolve("namespace"), "jobs\n");
    variables.putAll(
        Map.of(
            "KUBERNETES_SERVICE_HOST", host,
            "KUBERNETES_SERVICE_PORT", "6443",
            "HOSTNAME", "worker-1"));
  }

  private Optional<Pod> pod() {
    var config = new SmallRyeConfigBuilder().withMapping(WorkerSettings.class);
    config.withDefaultValue("stint.kubernetes.service-account", account.toString());
    settings.forEach((name, value) -> config.withDefaultValue("stint.kubernetes." + name, value));
    var read = config.build().getConfigMapping(WorkerSettings.class).kubernetes();
    return new PodSetup(read, name -> Optional.ofNullable(variables.get(name)), warnings).pod();
  }
}
