package dev.stint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueProblemsTest {
  @Test
  void everything_wrong_is_told_at_once_each_with_its_line() {
    var yaml =
        """
        queues: [fast]
        tasks:
          sha256:
            exec: [sha256sum, "{path}"]
            params:
              properties: {file: {type: string}}
            retry:
              maxAttempts: 0
          fetch:
            queues: [slow]
            http:
              url: ftp://x
          none:
        """;

    assertThat(problems(yaml))
        .containsExactly(
            new CatalogueProblem(
                "tasks.sha256.exec", 4, "{path} is not among the params; {{path}} is literal"),
            new CatalogueProblem("tasks.sha256.retry.maxAttempts", 8, "must be 1 to 100"),
            new CatalogueProblem("tasks.fetch.queues", 10, "no queue slow; known: default, fast"),
            new CatalogueProblem(
                "tasks.fetch.http.url", 12, "must be an http or https URL, or {param}"),
            new CatalogueProblem("tasks.none", 13, "needs one of exec, http, bean"));
  }

  @Test
  void the_message_names_the_file_and_every_problem() {
    assertThat(catchThrowableOfType(CatalogueException.class, () -> parse("tasks: {a: {x: 1}}")))
        .hasMessage(
            "test:\n"
                + "  line 1: tasks.a.x: is not known here; known: description, queues, exec, http,"
                + " bean, params, timeout, retry, limit\n"
                + "  line 1: tasks.a: needs one of exec, http, bean");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "bean: a, retry: {maxAttempts: 101}      | a.retry.maxAttempts | must be 1 to 100",
        "bean: a, retry: {maxAttempts: 1.5}      | a.retry.maxAttempts | must be 1 to 100",
        "bean: a, retry: {maxAttempts: many}     | a.retry.maxAttempts | must be a number",
        "bean: a, retry: {maxAttempts: [1]}      | a.retry.maxAttempts | must be a number",
        "bean: a, retry: {min: 2s, max: 1s}      | a.retry.max | must not be less than min",
        "bean: a, retry: {min: 5}                | a.retry.min | must be a duration like 500ms, 30s, 5m, 2h, 1d or PT30S",
        "bean: a, retry: {multiplier: 0.5}       | a.retry.multiplier | must be 1 to 100",
        "bean: a, retry: {jitter: 1.1}           | a.retry.jitter | must be 0 to 1",
        "bean: a, retry: {tries: 1}              | a.retry.tries | is not known here; known: maxAttempts, min, max, multiplier, jitter, never, neverExitCodes",
        "bean: a, retry: {max: 3661d}            | a.retry.max | must be at most 3660d",
        "bean: a, retry: {never: [oops]}         | a.retry.never | \"oops\" must be one of error, timeout, exit, http, result, handler, lost",
        "bean: a, retry: {never: [cancelled]}    | a.retry.never | \"cancelled\" must be one of error",
        "bean: a, retry: {never: lost}           | a.retry.never | must be a list",
        "bean: a, retry: {neverExitCodes: [0]}   | a.retry.neverExitCodes | \"0\" must be 1 to 255",
        "bean: a, retry: {neverExitCodes: [x]}   | a.retry.neverExitCodes | \"x\" must be 1 to 255",
        "bean: a, retry: 3                       | a.retry | must be a mapping",
        "bean: a, timeout: 0s                    | a.timeout | must be more than 0 and at most 30d",
        "bean: a, timeout: 31d                   | a.timeout | must be more than 0 and at most 30d",
        "bean: a, timeout: {s: 1}                | a.timeout | must be text",
        "bean: a, limit: 0                       | a.limit | must be 1 to 10000",
        "bean: a, queues: default                | a.queues | must be a list",
        "bean: a, queues: ['1x']                 | a.queues | \"1x\" must match [A-Za-z][A-Za-z0-9_-]{0,63}",
        "bean: ''                                | a.bean | must be the name of a handler bean",
        "bean: a, exec: [x]                      | a | must have only one of exec, bean",
        "exec: []                                | a.exec | must start with a program",
        "exec: [' ']                             | a.exec | must start with a program",
        "exec: x                                 | a.exec | must be a program and its arguments, as a list",
        "exec: [x, [y]]                          | a.exec[1] | must be text",
        "exec: [x, \"\\0\"]                      | a.exec[1] | must not hold a NUL character",
        "exec: ['{x}']                           | a.exec | must start with a program that no param can choose",
        "exec: [x, '{y}'], params: {properties: {y: {type: string}}} | a.exec | {y} must be required or have a default in the params",
        "exec: {command: [x], output: xml}       | a.exec.output | must be one of text, json",
        "exec: {command: [x], shell: true}       | a.exec.shell | is not known here; known: command, env, directory, output, grace",
        "exec: {command: [x], env: {A: [1]}}     | a.exec.env.A | must be text",
        "http: {method: GET}                     | a.http.url | must be an http or https URL, or {param}",
        "http: {url: 'http://'}                  | a.http.url | must be an http or https URL, or {param}",
        "http: {url: '{host}/x'}                 | a.http.url | must be an http or https URL, or {param}",
        "http: {url: 'http://h/', method: PUT}   | a.http.method | must be one of POST, GET",
        "bean: a, params: {type: string}         | a.params | must describe an object",
        "bean: a, params: {type: 5}              | a.params | is no JSON Schema 2020-12",
        "bean: a, params: [1]                    | a.params | is no JSON Schema 2020-12",
        "bean: a, description: ${NO_SUCH}        | a.description | ${NO_SUCH} is set nowhere; ${NO_SUCH:...} gives a default",
        "bean: a, bean: b                        | a.bean | stands twice",
        "bean: a, <<: 5                          | a | `<<` must name a mapping"
      })
  void a_wrong_value_is_refused_by_name_and_rule(String task, String path, String message) {
    assertThat(problems("tasks:\n  a:\n    " + block(task)))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.path()).isEqualTo("tasks." + path);
          assertThat(problem.message()).startsWith(message);
          assertThat(problem.line()).isBetween(2, 5);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "queues: [a b]     | 1 | \"a b\" must match [A-Za-z][A-Za-z0-9_-]{0,63}",
        "tasks: {}         | 1 | must hold at least one task",
        "tasks: [1]        | 1 | must be a mapping",
        "quarkus: {}       | 1 | must hold at least one task",
        "hello             | 0 | must hold `tasks:`",
        "a: [              | 1 | is no YAML: ",
        "tasks: {1a: {bean: x}} | 1 | a task's name must match",
        "tasks: {a: &x {bean: [*x]}} | 1 | must not contain itself"
      })
  void a_file_that_is_no_catalogue_is_refused(String yaml, int line, String message) {
    assertThat(problems(yaml))
        .anySatisfy(problem -> {
          assertThat(problem.line()).isEqualTo(line);
          assertThat(problem.message()).startsWith(message);
        });
  }

  @Test
  void a_file_that_cannot_be_read_is_told_by_name(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("none.yaml");
    Path latin = Files.write(folder.resolve("l.yaml"), "ä".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(catchThrowableOfType(CatalogueException.class, () -> load(missing)))
        .hasMessage(missing + ":\n  there is no such file");
    assertThat(catchThrowableOfType(CatalogueException.class, () -> load(latin)))
        .hasMessage(latin + ":\n  is not UTF-8");
  }

  /** The keys of a flow mapping as lines of a block, so that braces within need no quotes. */
  private static String block(String task) {
    return task.replaceAll(
        ", (?=(exec|bean|retry|timeout|limit|queues|params|description|<<):)", "\n    ");
  }

  private static List<CatalogueProblem> problems(String yaml) {
    return catchThrowableOfType(CatalogueException.class, () -> parse(yaml)).problems();
  }

  private static void parse(String yaml) {
    Catalogue.parse("test", yaml, _ -> null);
  }

  private static void load(Path file) {
    Catalogue.load(file, _ -> null);
  }
}
