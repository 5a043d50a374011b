package dev.stint.local.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a worker is allowed in the cluster: to say what it costs to end its pod, and no more. */
class AccountTest {
  private static final Path KUBERNETES =
      Path.of(System.getProperty("project.root")).resolve("docker/kubernetes");

  private final Document pod = manifest("worker", "Deployment").at("spec", "template", "spec");
  private final String account = manifest("account", "ServiceAccount").text("metadata", "name");

  @Test
  void a_worker_may_patch_pods_and_nothing_else() {
    var role = manifest("account", "Role");
    var binding = manifest("account", "RoleBinding");

    assertThat(pod.text("serviceAccountName")).isEqualTo(account);
    assertThat(pod.text("automountServiceAccountToken")).isEqualTo("true");
    assertThat(role.items("rules").map(Document::content))
        .containsExactly(
            Map.of(
                "apiGroups", List.of(""), "resources", List.of("pods"), "verbs", List.of("patch")));
    assertThat(binding.text("roleRef", "kind")).isEqualTo("Role");
    assertThat(binding.text("roleRef", "name")).isEqualTo(role.text("metadata", "name"));
    assertThat(binding.items("subjects").map(Document::content))
        .containsExactly(
            Map.of(
                "kind",
                "ServiceAccount",
                "name",
                account,
                "namespace",
                manifest("namespace", "Namespace").text("metadata", "name")));
  }

  @Test
  void a_producer_has_no_token() {
    var producer = manifest("producer", "Deployment").at("spec", "template", "spec");

    assertThat(producer.text("automountServiceAccountToken")).isEqualTo("false");
  }

  @Test
  void what_a_worker_may_patch_is_narrowed_to_annotations_of_its_own_pod() {
    var policy = manifest("account", "ValidatingAdmissionPolicy");
    var binding = manifest("account", "ValidatingAdmissionPolicyBinding");

    assertThat(policy.text("spec", "failurePolicy")).isEqualTo("Fail");
    assertThat(policy.text("spec", "matchConditions", 0, "expression"))
        .contains(":" + account + "\"");
    assertThat(policy.items("spec", "validations").map(rule -> rule.text("expression")).toList())
        .anySatisfy(rule -> assertThat(rule).contains("pod-name", "object.metadata.name"))
        .anySatisfy(rule ->
            assertThat(rule)
                .contains("object.spec == oldObject.spec", "labels == oldObject.metadata.labels"));
    assertThat(binding.text("spec", "policyName")).isEqualTo(policy.text("metadata", "name"));
    assertThat(binding.text("spec", "validationActions", 0)).isEqualTo("Deny");
  }

  @Test
  void a_worker_is_told_its_pod_and_can_reach_the_api_server() {
    var env =
        pod.items("containers", 0, "env")
            .collect(
                Collectors.toMap(
                    entry -> entry.text("name"),
                    entry ->
                        entry.has("value")
                            ? entry.text("value")
                            : entry.text("valueFrom", "fieldRef", "fieldPath")));

    assertThat(env)
        .containsEntry("STINT_KUBERNETES_DELETION_COST", "true")
        .containsEntry("STINT_KUBERNETES_POD", "metadata.name")
        .containsEntry("STINT_KUBERNETES_NAMESPACE", "metadata.namespace");
    // A policy that says nothing of egress leaves it open, to the broker and Redis, too.
    assertThat(Document.read(KUBERNETES.resolve("network.yaml")))
        .allSatisfy(policy ->
            assertThat(policy.items("spec", "policyTypes").map(Document::content))
                .containsExactly("Ingress"));
  }

  private static Document manifest(String file, String kind) {
    return Document.read(KUBERNETES.resolve(file + ".yaml")).stream()
        .filter(manifest -> manifest.text("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
