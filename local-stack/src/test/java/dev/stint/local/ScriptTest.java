package dev.stint.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code stint} script, as far as it does nothing heavy. */
class ScriptTest {
  private static final Path SCRIPT = UpProcess.HOME.resolve("stint");

  @TempDir private Path folder;

  @Test
  void without_a_command_it_tells_what_there_is() throws Exception {
    assertThat(run(0, SCRIPT))
        .contains("up ", "demo ", "bench ", "chaos ", "test ", "worker ", "producer ");
  }

  @Test
  void unknown_command_is_refused() throws Exception {
    assertThat(run(2, SCRIPT, "upp")).contains("unknown command \"upp\"");
  }

  @Test
  void it_works_from_any_folder_and_through_a_link() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), SCRIPT);

    assertThat(run(0, link, "help")).contains("Usage: ./stint COMMAND");
  }

  @Test
  void options_of_test_that_are_wrong_are_refused_in_a_sentence() throws Exception {
    assertThat(run(2, SCRIPT, "test", "--broker", "kafka"))
        .isEqualTo(
            "stint: --broker must be artemis, rabbitmq or a URL such as amqp://host:5672,"
                + " not \"kafka\"\n");
    assertThat(run(2, SCRIPT, "test", "--redis=memory"))
        .isEqualTo(
            "stint: --redis must be embedded, sentinel, cluster or a URL such as"
                + " redis://host:6379, not \"memory\"\n");
    assertThat(run(2, SCRIPT, "test", "--native=yes", "--broker"))
        .contains("--broker needs a value");
    assertThat(run(0, SCRIPT, "test", "--help")).contains("--native", "--broker", "--redis");
  }

  @Test
  void options_of_test_reach_maven() throws Exception {
    Path copy = Files.copy(SCRIPT, folder.resolve("stint"), StandardCopyOption.COPY_ATTRIBUTES);
    Path maven = Files.writeString(folder.resolve("mvnw"), "#!/bin/sh\necho maven \"$@\"\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();

    assertThat(run(0, copy, "test")).isEqualTo("maven -B verify\n");
    assertThat(run(0, copy, "test", "--broker", "artemis", "-Dtest=X"))
        .startsWith("maven -B verify -pl local-stack -am ")
        .endsWith(" -Dtest=X\n")
        .doesNotContain("excludedGroups");
    assertThat(run(0, copy, "test", "--redis=cluster"))
        .contains("-Dstint.test.redis=cluster", "-DexcludedGroups=kills-redis");
    assertThat(run(0, copy, "test", "--redis", "redis://host:1"))
        .contains("-DexcludedGroups=kills-engines", "-Dstint.test.parallel=1", "NOT TESTED");
    for (var url :
        List.of("rediss-sentinel://a,b?master=m&sentinelPassword=p", "redis-cluster://a,b")) {
      assertThat(run(0, copy, "test", "--redis", url)).contains(" -Dstint.test.redis=" + url + " ");
    }
  }

  private String run(int exitCode, Path script, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
    return output;
  }
}
