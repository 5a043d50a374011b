package dev.stint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/reliability.md says is shown by a test, is: the test is there. */
class ReliabilityTest {
  /** From here on tables have figures. */
  private static final String FIGURES = "## Measured";

  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
  private static final String TESTS = "src/test/java";

  @Test
  void every_test_that_the_page_names_exists() throws IOException {
    var sources = sources();
    var missing =
        tests(page())
            .filter(test ->
                sources.getOrDefault(test.group(1), List.of()).stream()
                    .noneMatch(source -> source.contains(" void " + test.group(2) + "(")))
            .map(MatchResult::group)
            .toList();

    assertThat(missing).isEmpty();
  }

  @Test
  void every_row_of_its_tables_names_one() throws IOException {
    var rows =
        page()
            .lines()
            .takeWhile(line -> !line.equals(FIGURES))
            .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
            .filter(line -> !line.contains("| shown by |"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(25).allMatch(row -> tests(row).findAny().isPresent());
  }

  private static Stream<MatchResult> tests(String text) {
    return TEST.matcher(text).results();
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/reliability.md"));
  }

  /** The text of all test classes, by their simple names: some modules share one. */
  private static Map<String, List<String>> sources() throws IOException {
    var files = new ArrayList<Path>();
    try (var modules = Files.newDirectoryStream(ROOT, Files::isDirectory)) {
      for (var module : modules) {
        var tests = module.resolve(TESTS);
        if (Files.isDirectory(tests)) {
          try (Stream<Path> all = Files.walk(tests)) {
            all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
          }
        }
      }
    }
    return files.stream()
        .collect(
            Collectors.groupingBy(
                file -> file.getFileName().toString().replace(".java", ""),
                Collectors.mapping(ReliabilityTest::read, Collectors.toList())));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
