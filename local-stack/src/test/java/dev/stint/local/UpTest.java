package dev.stint.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.local.api.JobsClient;
import dev.stint.local.demo.Demo;
import dev.stint.local.demo.FolderFiles;
import dev.stint.local.process.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system, by {@code stint up}, with the quickstart's catalogue. */
class UpTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private Path data;
  private int port;
  private UpProcess up;
  private JobsClient jobs;

  @BeforeEach
  void start() throws Exception {
    data = folder.resolve("data");
    port = Ports.free();
    jobs = new JobsClient(URI.create("http://127.0.0.1:" + port));
    up = startUp();
  }

  @AfterEach
  void stop() throws Exception {
    jobs.close();
    up.stop();
  }

  @Test
  void real_files_come_back_with_the_right_digests() throws Exception {
    up.awaitUp();
    List<Path> files = FolderFiles.under(UpProcess.HOME.resolve("docs")).readable();

    Demo.Report report = new Demo(jobs).run(files, _ -> {});

    assertThat(report.problems()).isEmpty();
    assertThat(report.jobs()).isEqualTo(files.size()).isGreaterThan(5);
  }

  @Test
  void sigterm_finishes_what_runs_and_a_restart_has_everything_still() throws Exception {
    up.awaitUp();
    String running = jobs.submit("sleep", Map.of("seconds", 2));
    awaitState(running, "running");

    assertThat(up.stop()).isZero();
    assertThat(up.output()).contains("Draining the workers", "Stopped");
    assertThat(alive()).isEmpty();

    up = startUp().awaitUp();
    assertThat(jobs.job(running).path("state").asText()).isEqualTo("succeeded");
    assertThat(jobs.job(running).path("attempts")).hasSize(1);
    awaitState(jobs.submit("square", Map.of("number", 7)), "succeeded");
  }

  @Test
  void killed_worker_and_killed_engines_are_started_again() throws Exception {
    up.awaitUp();
    for (String name : List.of("worker-1", "broker", "redis", "producer")) {
      handle(name).destroyForcibly();
      await().atMost(MINUTE).until(() -> up.output().contains(name + " died with exit code 137"));
    }

    await().atMost(MINUTE).until(() -> alive().size() == 5);
    await().atMost(MINUTE).ignoreExceptions().until(() -> jobs.queues().has("items"));
    awaitState(jobs.submit("square", Map.of("number", 7)), "succeeded");
  }

  @Test
  void killed_up_leaves_no_process_behind() throws Exception {
    up.awaitUp();
    List<ProcessHandle> children = alive();
    assertThat(children).hasSize(5);

    up.kill();

    await().atMost(MINUTE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void second_up_on_the_same_data_and_one_on_a_used_port_are_refused() throws Exception {
    up.awaitUp();

    UpProcess second = startUp();
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.output()).contains("the data folder " + data + " is in use by process");

    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      UpProcess third =
          UpProcess.start(folder.resolve("other"), "--port", "" + socket.getLocalPort());
      assertThat(third.exitCode()).isEqualTo(1);
      assertThat(third.output())
          .contains("port " + socket.getLocalPort() + " is in use; give another with --port");
    }
  }

  private UpProcess startUp() throws Exception {
    return UpProcess.start(data, "--workers", "2", "--port", "" + port);
  }

  private void awaitState(String id, String state) {
    await().atMost(MINUTE).ignoreExceptions().until(() -> state.equals(state(jobs.job(id))));
  }

  private static String state(JsonNode job) {
    return job.path("state").asText();
  }

  private ProcessHandle handle(String name) throws Exception {
    String pid = Files.readString(data.resolve("run").resolve(name + ".pid")).split(" ")[0];
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** The children that run now, by their pid files. */
  private List<ProcessHandle> alive() throws Exception {
    try (Stream<Path> files = Files.list(data.resolve("run"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pid"))
          .flatMap(name -> running(name.substring(0, name.length() - ".pid".length())))
          .toList();
    }
  }

  private Stream<ProcessHandle> running(String name) {
    try {
      return Stream.of(handle(name)).filter(ProcessHandle::isAlive);
    } catch (Exception e) {
      return Stream.empty(); // it ended, or its file is just being written
    }
  }
}
