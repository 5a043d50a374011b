package dev.stint.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodTest {
  @Test
  void it_is_where_the_api_has_it() {
    assertThat(pod("https://10.0.0.1:443", "stint", "stint-worker-5d9-x7k", 10).uri())
        .hasToString("https://10.0.0.1:443/api/v1/namespaces/stint/pods/stint-worker-5d9-x7k");
    assertThat(pod("https://[fd00::1]:443", "stint", "a.b", 10).uri())
        .hasToString("https://[fd00::1]:443/api/v1/namespaces/stint/pods/a.b");
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1, stint, w, 10, api: must look like https",
    "10.0.0.1, stint, w, 10, api: must look like https",
    "https://10.0.0.1, stint/../kube-system, w, 10, namespace: must be a name",
    "https://10.0.0.1, stint, W, 10, pod: must be a name",
    "https://10.0.0.1, stint, w?dryRun=All, 10, pod: must be a name",
    "https://10.0.0.1, stint, w, 0, interval: must be PT1S to PT1H",
    "https://10.0.0.1, stint, w, 3601, interval: must be PT1S to PT1H"
  })
  void what_is_wrong_is_named(String api, String namespace, String name, int seconds, String rule) {
    assertThatThrownBy(() -> pod(api, namespace, name, seconds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(rule);
  }

  private static Pod pod(String api, String namespace, String name, int seconds) {
    return new Pod(
        URI.create(api), namespace, name, Path.of("account"), Duration.ofSeconds(seconds));
  }
}
