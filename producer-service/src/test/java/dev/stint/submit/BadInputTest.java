package dev.stint.submit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.producer.Api;
import dev.stint.producer.Engines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Engines.class)
class BadInputTest {
  @TestHTTPResource("/")
  URI root;

  private Api api;

  @BeforeEach
  void client() {
    api = new Api(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                        | /task | is required",
        "{'task': null}                            | /task | is required",
        "{'task': 5}                               | /task | must be text",
        "{'task': 'none'}                          | /task | is not in the catalogue; known: echo, any, lane, twice, listed, counted, later, again, unwanted",
        "{'task': '../any'}                        | /task | is not in the catalogue; known: echo, any, lane, twice, listed, counted, later, again, unwanted",
        "{'task': 'any', 'kind': 'x'}              | /kind | is not a known field; known: task, params, queue, priority, delay, runAt, timeout, maxAttempts, retry, labels",
        "{'task': 'any', 'a/b~': 1}                | /a~1b~0 | is not a known field; known: task, params, queue, priority, delay, runAt, timeout, maxAttempts, retry, labels",
        "{'task': 'any', 'params': []}             | /params | must be an object",
        "{'task': 'any', 'params': 'x'}            | /params | must be an object",
        "{'task': 'any', 'queue': 'fast'}          | /queue | is no queue of this task; known: default",
        "{'task': 'lane', 'queue': 'x'}            | /queue | is no queue of this task; known: fast, default",
        "{'task': 'any', 'queue': 1}               | /queue | must be text",
        "{'task': 'any', 'priority': -1}           | /priority | must be 0 to 9",
        "{'task': 'any', 'priority': 10}           | /priority | must be 0 to 9",
        "{'task': 'any', 'priority': 1.5}          | /priority | must be a whole number",
        "{'task': 'any', 'priority': '1'}          | /priority | must be a whole number",
        "{'task': 'any', 'priority': 99999999999}  | /priority | must be a whole number",
        "{'task': 'any', 'delay': '5'}             | /delay | must be a duration like 500ms, 30s, 5m, 2h, 1d or PT30S",
        "{'task': 'any', 'delay': 5}               | /delay | must be a duration like 500ms, 30s, 5m, 2h, 1d or PT30S",
        "{'task': 'any', 'delay': '-PT1S'}         | /delay | must not be negative",
        "{'task': 'any', 'delay': '3661d'}         | /delay | must be at most 3660d",
        "{'task': 'any', 'delay': '1s', 'runAt': '2026-11-22T10:00:00Z'} | /runAt | must not be given together with delay",
        "{'task': 'any', 'runAt': '2026-11-22'}    | /runAt | must be a time like 2026-11-22T10:00:00Z",
        "{'task': 'any', 'runAt': 1795000000}      | /runAt | must be a time like 2026-11-22T10:00:00Z",
        "{'task': 'any', 'runAt': '9999-01-01T00:00:00Z'} | /runAt | must be at most 3660d from now",
        "{'task': 'any', 'runAt': '+1000000000-12-31T23:59:59Z'} | /runAt | must be at most 3660d from now",
        "{'task': 'any', 'timeout': '0s'}          | /timeout | must be more than 0 and at most 30d",
        "{'task': 'any', 'timeout': '31d'}         | /timeout | must be more than 0 and at most 30d",
        "{'task': 'any', 'maxAttempts': 0}         | /maxAttempts | must be 1 to 100",
        "{'task': 'any', 'maxAttempts': 101}       | /maxAttempts | must be 1 to 100",
        "{'task': 'any', 'maxAttempts': true}      | /maxAttempts | must be a whole number",
        "{'task': 'any', 'retry': 3}               | /retry | must be an object",
        "{'task': 'any', 'retry': {'tries': 3}}    | /retry/tries | is not a known field; known: maxAttempts, min, max, multiplier, jitter, never, neverExitCodes",
        "{'task': 'any', 'retry': {'maxAttempts': 0}} | /retry/maxAttempts | must be 1 to 100",
        "{'task': 'any', 'retry': {'maxAttempts': '2'}} | /retry/maxAttempts | must be a whole number",
        "{'task': 'any', 'maxAttempts': 2, 'retry': {'maxAttempts': 3}} | /maxAttempts | must not differ from that of retry",
        "{'task': 'any', 'retry': {'min': 5}}      | /retry/min | must be a duration like 500ms, 30s, 5m, 2h, 1d or PT30S",
        "{'task': 'any', 'retry': {'min': '3661d'}} | /retry/min | must be at most 3660d",
        "{'task': 'any', 'retry': {'max': '3661d'}} | /retry/max | must be at most 3660d",
        "{'task': 'any', 'retry': {'max': '1ms'}}  | /retry/max | must not be less than min, which is PT1S",
        "{'task': 'any', 'retry': {'min': '2s', 'max': '1s'}} | /retry/max | must not be less than min, which is PT2S",
        "{'task': 'any', 'retry': {'multiplier': 0.5}} | /retry/multiplier | must be 1 to 100",
        "{'task': 'any', 'retry': {'multiplier': '2'}} | /retry/multiplier | must be a number",
        "{'task': 'any', 'retry': {'jitter': 1.1}} | /retry/jitter | must be 0 to 1",
        "{'task': 'any', 'retry': {'jitter': 1e999999999}} | /retry/jitter | must be 0 to 1",
        "{'task': 'any', 'retry': {'never': 'lost'}} | /retry/never | must be a list",
        "{'task': 'any', 'retry': {'never': ['lost', 'cancelled']}} | /retry/never/1 | must be one of error, timeout, exit, http, result, handler, lost",
        "{'task': 'any', 'retry': {'never': [1]}}  | /retry/never/0 | must be text",
        "{'task': 'any', 'retry': {'neverExitCodes': [2, 256]}} | /retry/neverExitCodes/1 | must be 1 to 255",
        "{'task': 'any', 'retry': {'neverExitCodes': [1.5]}} | /retry/neverExitCodes/0 | must be a whole number",
        "{'task': 'any', 'labels': ['x']}          | /labels | must be an object",
        "{'task': 'any', 'labels': {'a': 1}}       | /labels/a | must be text",
        "{'task': 'any', 'labels': {'a/b': null}}  | /labels/a~1b | must be text",
        "{'task': 'any', 'labels': {'': 'x'}}      | /labels/ | must have a name of 1 to 63 characters",
        "{'task': 'echo'}                          | /params/text | is required",
        "{'task': 'echo', 'params': {'text': ''}}  | /params/text | must be at least 1 characters long",
        "{'task': 'echo', 'params': {'text': 1}}   | /params/text | integer found, string expected",
        "{'task': 'echo', 'params': {'text': 'x', 'more': 1}}       | /params/more | is not a known param",
        "{'task': 'echo', 'params': {'text': 'x', 'times': 4}}      | /params/times | must be multiple of 3",
        "{'task': 'echo', 'params': {'text': 'x', 'times': '3'}}    | /params/times | string found, integer expected",
        "{'task': 'echo', 'params': {'text': 'x', 'times': 1e99999}}| /params/times | is out of range",
        "{'task': 'echo', 'params': {'text': 'x', 'at': 'now'}}     | /params/at | does not match the date-time pattern must be a valid RFC 3339 date-time",
        "{'task': 'echo', 'params': {'text': 'x', 'deep': [[[''] ]]}} | /params/deep/0/0/0 | string found, [array, integer] expected",
        "[]                                        | ~~ | must be an object",
        "'text'                                    | ~~ | must be an object",
        "null                                      | ~~ | must be an object"
      })
  void a_request_that_breaks_a_rule_is_told_where_and_which(
      String body, String pointer, String detail) {
    Api.Reply reply = api.submit(body);

    assertProblem(reply, 422, "invalid-request");
    assertThat(reply.json().at("/errors"))
        .singleElement()
        .satisfies(error -> {
          assertThat(error.path("pointer").asText()).isEqualTo(pointer);
          assertThat(error.path("detail").asText()).isEqualTo(detail);
        });
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    Api.Reply reply =
        api.submit(
            "{'task': 'echo', 'params': {'times': 0, 'x': 1}, 'priority': 10, 'delay': 'soon', 'y': 1}",
            "Idempotency-Key",
            "k".repeat(256));

    assertProblem(reply, 422, "invalid-request");
    assertThat(reply.at("/detail")).isEqualTo("7 things are wrong in the request");
    assertThat(reply.json().at("/errors"))
        .extracting(error -> error.path("header").asText() + error.path("pointer").asText())
        .containsExactly(
            "Idempotency-Key",
            "/delay",
            "/params/text",
            "/params/times",
            "/params/x",
            "/priority",
            "/y");
  }

  @Test
  void labels_are_few_and_short() {
    String many = IntStream.range(0, 21).mapToObj(i -> "'l" + i + "':''").collect(joining(","));

    assertThat(api.submit("{'task': 'any', 'labels': {" + many + "}}").at("/errors/0/detail"))
        .isEqualTo("must not be more than 20");
    assertThat(
            api.submit("{'task': 'any', 'labels': {'a/b': '%s'}}".formatted("x".repeat(256)))
                .json()
                .at("/errors/0"))
        .hasToString(
            "{\"pointer\":\"/labels/a~1b\",\"detail\":\"must be at most 255 characters long\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                          | The body is empty",
        "{'task':                    | (line 1, column ",
        "{'task': 'any',}            | (line 1, column ",
        "{task: 'any'}               | (line 1, column ",
        "{'task': 'any'} {}          | (line 1, column ",
        "{'task': 'any', 'task': ''} | Duplicate field 'task' (line 1, column ",
        "{'task': 'any', 'x': NaN}   | (line 1, column ",
        "{'task': 'any', 'x': 01}    | (line 1, column ",
        "<task>any</task>            | (line 1, column "
      })
  void what_is_no_json_is_told_with_its_place(String body, String detail) {
    Api.Reply reply = api.submit(body);

    assertProblem(reply, 400, "malformed-json");
    assertThat(reply.at("/detail")).contains(detail);
  }

  @Test
  void a_json_that_is_nested_too_deep_is_refused() {
    String body = "{'task':'any','params':{'x':%s1%s}}";

    assertThat(api.submit(body.formatted("[".repeat(98), "]".repeat(98))).status()).isEqualTo(202);
    assertProblem(
        api.submit(body.formatted("[".repeat(99), "]".repeat(99))), 400, "malformed-json");
    assertProblem(
        api.submit(body.formatted("[".repeat(500_000), "]".repeat(500_000))),
        400,
        "malformed-json");
  }

  @Test
  void a_schema_that_refers_to_itself_is_no_way_to_exhaust_the_stack() {
    String deep = "[".repeat(98) + "1" + "]".repeat(98);
    String body = "{'task':'echo','params':{'text':'x','deep':%s}}";

    assertThat(api.submit(body.formatted(deep)).status()).isEqualTo(202);
  }

  @Test
  void a_body_may_be_a_mebibyte_and_no_more() {
    String frame = "{'task':'any','params':{'x':'%s'}}";
    int room = (1 << 20) - frame.formatted("").length();

    assertThat(api.submit(frame.formatted("x".repeat(room))).status()).isEqualTo(202);
    Api.Reply reply = api.submit(frame.formatted("x".repeat(room + 1)));
    assertProblem(reply, 413, "too-large");
    assertThat(reply.at("/detail")).isEqualTo("The body must be at most 1048576 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data", "nonsense"})
  void a_body_that_is_not_said_to_be_json_is_refused(String type) {
    var body = BodyPublishers.ofString("{\"task\":\"any\"}");

    assertProblem(api.send("POST", "/api/v1/jobs", body, "Content-Type", type), 415, "not-json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/v1/nothing                          | 404 | not-found",
        "GET    | /nothing                                 | 404 | not-found",
        "GET    | /                                        | 404 | not-found",
        "GET    | /q/nothing                               | 404 | not-found",
        "GET    | /api/v1/jobs/x                           | 404 | unknown-job",
        "GET    | /api/v1/jobs/01jd9k5v3mzz000000000000    | 404 | unknown-job",
        "GET    | /api/v1/jobs/%00%2e%2e/result            | 404 | unknown-job",
        "GET    | /api/v1/jobs/01jd9k5v3mzz000000000000/log | 404 | unknown-job",
        "DELETE | /api/v1/jobs/x                           | 404 | unknown-job",
        "DELETE | /api/v1/jobs/01jd9k5v3mzz000000000000    | 404 | unknown-job",
        "POST   | /api/v1/jobs/x/requeue                   | 404 | unknown-job",
        "POST   | /api/v1/jobs/01jd9k5v3mzz000000000000/requeue | 404 | unknown-job",
        "POST   | /api/v1/workers/x/drain                  | 404 | unknown-worker",
        "PUT    | /api/v1/jobs                             | 405 | method-not-allowed",
        "PATCH  | /api/v1/jobs/x                           | 405 | method-not-allowed",
        "DELETE | /api/v1/tasks                            | 405 | method-not-allowed"
      })
  void what_is_not_there_is_a_problem_too(String method, String path, int status, String type) {
    assertProblem(api.send(method, path, BodyPublishers.noBody()), status, type);
  }

  @Test
  void who_accepts_no_json_gets_a_problem() {
    assertProblem(api.get("/api/v1/jobs", "Accept", "text/html"), 406, "not-acceptable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0           | limit  | must be 1 to 200",
        "limit=201         | limit  | must be 1 to 200",
        "limit=x           | limit  | must be 1 to 200",
        "limit=1&limit=2   | limit  | must be given once",
        "state=done        | state  | must be one of scheduled, queued, running, retrying, succeeded, failed, cancelled",
        "task=a%20b        | task   | must match [A-Za-z][A-Za-z0-9_-]{0,63}",
        "queue=*           | queue  | must match [A-Za-z][A-Za-z0-9_-]{0,63}",
        "cursor=x          | cursor | must be the `next` of an earlier page",
        "cursor=%20        | cursor | must be the `next` of an earlier page",
        "status=failed     | status | is not a known parameter; known: state, task, queue, limit, cursor"
      })
  void a_list_refuses_parameters_that_it_would_not_heed(
      String query, String parameter, String detail) {
    Api.Reply reply = api.get("/api/v1/jobs?" + query);

    assertProblem(reply, 422, "invalid-request");
    assertThat(reply.at("/errors/0/parameter")).isEqualTo(parameter);
    assertThat(reply.at("/errors/0/detail")).isEqualTo(detail);
  }

  @Test
  void an_idempotency_key_has_1_to_255_characters() {
    assertThat(api.submit("{'task':'any'}", "Idempotency-Key", "k ~".repeat(85)).status())
        .isEqualTo(202);
    for (String key : new String[] {"", "k".repeat(256), "a\tb"}) {
      Api.Reply reply = api.submit("{'task':'any'}", "Idempotency-Key", key);
      assertProblem(reply, 422, "invalid-request");
      assertThat(reply.at("/errors/0/header")).isEqualTo("Idempotency-Key");
    }
  }

  private static void assertProblem(Api.Reply reply, int status, String type) {
    assertThat(reply.text()).doesNotContain("<html", "Exception", "\tat ");
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.at("/type")).isEqualTo("urn:stint:problem:" + type);
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.at("/title")).isNotBlank();
    assertThat(reply.at("/instance")).startsWith("/");
  }
}
