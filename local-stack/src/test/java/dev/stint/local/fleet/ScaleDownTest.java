package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.local.process.ChildProcess;
import dev.stint.local.service.ServiceProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in pods tell Kubernetes what they cost, so that a scale-down takes the idle ones. */
class ScaleDownTest extends FreshFleet {
  @TempDir private Path folder;
  private ApiServer cluster;

  @BeforeEach
  void startCluster() throws Exception {
    cluster = ApiServer.start(folder.resolve("cluster"));
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void a_scale_down_takes_the_idle_worker_and_no_run_is_lost() throws Exception {
    var pods = new HashMap<String, ChildProcess>();
    for (var name : List.of("pod-a", "pod-b")) {
      pods.put(name, worker(name));
      await().atMost(MINUTE).until(() -> cluster.cost(name).equals("0"));
    }
    var jobs = new ArrayList<>(List.of(fleet.api().submit("journal", fleet.journaled(20_000))));
    await().atMost(MINUTE).until(() -> fleet.journal().started().size() == 1);
    await().atMost(MINUTE).until(() -> cost(last()) >= 4);

    var first = cluster.inOrderOfDeletion().getFirst();
    assertThat(cost(first)).isZero();
    jobs.addAll(fleet.api().submit(10, "journal", fleet.journaled(100)));
    var leaving = pods.get(first);
    leaving.terminate();

    assertThat(leaving.awaitExit(MINUTE)).isTrue();
    assertThat(leaving.exitCode()).hasValue(0);
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == jobs.size());
    assertThat(fleet.journal().started()).containsExactlyInAnyOrderElementsOf(jobs);
    for (var job : jobs) {
      assertThat(fleet.api().job(job).path("attempt").asInt()).isEqualTo(1);
    }
    assertThat(fleet.api().job(jobs.getFirst()).path("worker").asText()).doesNotStartWith(first);
    var staying = last();
    assertThat(staying).isNotEqualTo(first);
    await().atMost(MINUTE).until(() -> cluster.cost(staying).equals("0"));
  }

  @Test
  void without_the_role_jobs_run_and_the_log_says_once_what_is_missing() throws Exception {
    cluster.forbid(true);
    var worker = worker("pod-a");

    await().atMost(MINUTE).until(() -> cluster.asked() >= 3);
    assertWorks();
    assertThat(linesWith(worker, "pod deletion cost is refused, status 403"))
        .singleElement()
        .asString()
        .contains("pods: status 403", "verbs [patch]");

    cluster.forbid(false);
    await().atMost(MINUTE).until(() -> cluster.cost("pod-a").equals("0"));
  }

  @Test
  void an_api_server_that_is_away_or_slow_is_told_when_it_is_back() throws Exception {
    int port = cluster.shut();
    var worker = worker("pod-a");
    assertWorks();
    await().atMost(MINUTE).until(() -> !linesWith(worker, "cost is not told").isEmpty());
    assertThat(cluster.asked()).isZero();

    cluster.hang(true);
    cluster.open(port);
    await().atMost(MINUTE).until(() -> cluster.asked() >= 1);
    assertWorks();

    cluster.hang(false);
    await().atMost(MINUTE).until(() -> cluster.cost("pod-a").equals("0"));
    assertThat(linesWith(worker, "cost is not told")).hasSize(1);
  }

  @Test
  void a_token_that_was_rotated_is_the_one_that_is_shown() throws Exception {
    var worker = worker("pod-a");
    await().atMost(MINUTE).until(() -> cluster.cost("pod-a").equals("0"));

    cluster.rotateToken("second");
    fleet.api().submit("sleep", Map.of("seconds", 60));

    await().atMost(MINUTE).until(() -> cost("pod-a") >= 1);
    assertThat(linesWith(worker, "status 401")).isEmpty();
    worker.terminate();
    worker.terminate();
  }

  @Test
  void an_api_server_of_another_authority_is_not_shown_the_token() throws Exception {
    var other = ApiServer.start(folder.resolve("other"));
    try (other) {
      Files.copy(
          folder.resolve("other/ca.crt"),
          folder.resolve("cluster/ca.crt"),
          StandardCopyOption.REPLACE_EXISTING);
      var worker = worker("pod-a");

      await().atMost(MINUTE).until(() -> !linesWith(worker, "cost is not told").isEmpty());
      assertWorks();
      assertThat(cluster.asked()).isZero();
    }
  }

  private ChildProcess worker(String pod) throws InterruptedException {
    var program = Services.worker();
    var command = new ArrayList<>(List.of("env"));
    var variables = new HashMap<>(cluster.pod(pod));
    variables.put("STINT_KUBERNETES_DELETION_COST", "true");
    variables.put("STINT_KUBERNETES_INTERVAL", "PT1S");
    variables.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(program.command());
    return fleet.worker(pod, 2, new ServiceProgram(command, program.mode()));
  }

  private void assertWorks() throws Exception {
    var id = fleet.api().submit("square", Map.of("number", 3));
    await().atMost(MINUTE).until(() -> fleet.api().state(id).equals("succeeded"));
  }

  /** The pod that a ReplicaSet would take last. */
  private String last() {
    return cluster.inOrderOfDeletion().getLast();
  }

  private int cost(String pod) {
    var cost = cluster.cost(pod);
    return cost.isEmpty() ? 0 : Integer.parseInt(cost);
  }

  private static List<String> linesWith(ChildProcess worker, String text) throws IOException {
    return Files.readAllLines(worker.log()).stream().filter(line -> line.contains(text)).toList();
  }
}
