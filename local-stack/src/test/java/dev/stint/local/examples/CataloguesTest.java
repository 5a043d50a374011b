package dev.stint.local.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.catalogue.Catalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CataloguesTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  @Test
  void quickstart_has_the_tasks_that_its_readme_uses() {
    assertThat(read("examples/quickstart/stint.yaml").taskNames())
        .containsExactly(
            "sha256", "word-count", "fetch", "square", "make_report", "sleep", "flaky", "noop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "examples/quickstart/stint.yaml",
        "local-stack/src/main/resources/dev/stint/local/bench/bench.yaml"
      })
  void every_catalogue_that_comes_with_the_project_is_valid(String file) {
    assertThat(read(file).tasks()).allSatisfy(task -> assertThat(task.description()).isNotEmpty());
  }

  private static Catalogue read(String file) {
    return Catalogue.load(ROOT.resolve(file), _ -> null);
  }
}
