package dev.stint.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.local.api.JobsClient;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path folder;

  @Test
  void every_file_is_checked_and_right_results_match() throws Exception {
    for (int i = 0; i < 150; i++) {
      write("deep/" + i % 7 + "/file" + i, "content " + i);
    }
    var progress = new ArrayList<Integer>();

    Demo.Report report = run(DemoTest::sha256sum, progress);

    assertThat(report.isGood()).isTrue();
    assertThat(report.jobs()).isEqualTo(150);
    assertThat(progress).endsWith(150);
  }

  @Test
  void wrong_result_is_a_mismatch() throws Exception {
    write("a", "a");
    write("b", "b");

    Demo.Report report =
        run(file -> file.endsWith("a") ? "0000  a" : sha256sum(file), new ArrayList<>());

    assertThat(report.mismatches()).isEqualTo(1);
    assertThat(report.isGood()).isFalse();
    assertThat(report.problems()).singleElement().asString().contains("got 0000");
  }

  @Test
  void failed_job_is_counted_with_its_reason() throws Exception {
    write("a", "a");

    Demo.Report report = run(_ -> null, new ArrayList<>());

    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.problems()).singleElement().asString().contains("failed no luck");
  }

  @Test
  void missing_stack_is_a_clear_complaint() throws Exception {
    write("a", "a");
    try (var jobs = new JobsClient(URI.create("http://127.0.0.1:" + Ports.free()))) {
      assertThatThrownBy(() -> new Demo(jobs).run(List.of(folder.resolve("a")), _ -> {}))
          .isInstanceOf(Complaint.class)
          .hasMessageContaining("is ./stint up running?");
    }
  }

  @Test
  void folder_without_files_is_refused() {
    assertThatThrownBy(() -> FolderFiles.under(folder))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("there is no file under");
    assertThatThrownBy(() -> FolderFiles.under(folder.resolve("none")))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("is not a folder");
  }

  @Test
  void links_are_not_followed() throws Exception {
    Path file = write("a", "a");
    Files.createSymbolicLink(folder.resolve("link"), file);
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    assertThat(FolderFiles.under(folder).readable()).containsExactly(file);
  }

  @Test
  void digest_is_found_in_a_line_of_sha256sum() {
    assertThat(Sha256.inLine("abc  /tmp/file")).isEqualTo("abc");
    assertThat(Sha256.inLine("\\abc  /tmp/with\\nnewline")).isEqualTo("abc");
    assertThat(Sha256.inLine("abc")).isEqualTo("abc");
  }

  private Demo.Report run(Function<Path, String> handler, List<Integer> progress) throws Exception {
    try (var producer = new FakeProducer(handler);
        var jobs = new JobsClient(producer.url())) {
      return new Demo(jobs).run(FolderFiles.under(folder).readable(), progress::add);
    }
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static String sha256sum(Path file) {
    try {
      return Sha256.of(file) + "  " + file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
