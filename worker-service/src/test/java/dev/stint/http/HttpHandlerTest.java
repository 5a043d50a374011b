package dev.stint.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.task.HandlerSpec.Http;
import dev.stint.work.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHandlerTest {
  private static final int MOST = 10_000;

  private HttpServer server;
  private String base;
  private final AtomicReference<String> seen = new AtomicReference<>("");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, Map<String, String> headers, String body) {
    server.createContext(
        "/",
        exchange -> {
          seen.set(told(exchange));
          headers.forEach(exchange.getResponseHeaders()::set);
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static String told(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    return String.join(
        " ",
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers.getFirst("Idempotency-Key"),
        headers.getFirst("Stint-Attempt"),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private Outcome call(String url, String method, Map<String, Object> params) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return new HttpHandler(
              new Http(url, method, Map.of("X-Mine", "1")),
              MOST,
              () -> client,
              InstantSource.system())
          .handle(new TestContext(params));
    }
  }

  @Test
  void params_are_posted_and_the_json_answer_is_the_result() throws Exception {
    answer(200, Map.of("Content-Type", "application/json"), "{\"a\":[1,2]}");

    var outcome = call(base + "/x/{name}", "POST", Map.of("name", "a b/c"));

    assertThat(((Outcome.Succeeded) outcome).result()).hasToString("{a=[1, 2]}");
    assertThat(seen.get())
        .isEqualTo("POST /x/a%20b%2Fc 01jd9k5v3mzz000000000000 2 {\"name\":\"a b/c\"}");
  }

  @Test
  void a_url_that_is_one_param_is_taken_as_it_is() throws Exception {
    answer(200, Map.of("Content-Type", "text/plain"), "hello");

    var outcome = call("{url}", "GET", Map.of("url", base + "/a?b=c"));

    assertThat(outcome).isEqualTo(Outcome.done("hello"));
    assertThat(seen.get()).startsWith("GET /a?b=c ");
  }

  @Test
  void an_error_that_may_pass_is_retried_when_the_receiver_wants_it() throws Exception {
    answer(503, Map.of("Retry-After", "7"), "busy");

    var outcome = (Outcome.Failed) call(base, "POST", Map.of());

    assertThat(outcome.after()).isEqualTo(Duration.ofSeconds(7));
    assertThat(outcome.failure()).isEqualTo(Failure.http(503, "status 503: busy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502})
  void passing_errors_are_retried(int status) throws Exception {
    answer(status, Map.of(), "");

    assertThat(call(base, "POST", Map.of())).isInstanceOf(Outcome.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 422})
  void other_errors_are_final(int status) throws Exception {
    answer(status, Map.of(), "");

    assertThat(call(base, "POST", Map.of())).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void a_receiver_that_is_not_there_is_tried_again() throws Exception {
    server.stop(0);

    var outcome = (Outcome.Failed) call(base, "POST", Map.of());

    assertThat(outcome.failure().kind()).isEqualTo(FailureKind.HTTP);
    assertThat(outcome.failure().message()).startsWith("POST " + base);
  }

  @Test
  void an_answer_over_the_limit_fails_for_good() throws Exception {
    answer(200, Map.of(), "x".repeat(MOST + 1));

    var outcome = (Outcome.Rejected) call(base, "GET", Map.of());

    assertThat(outcome.failure().kind()).isEqualTo(FailureKind.RESULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a url", "file:///etc/passwd", "/relative"})
  void what_is_no_http_url_fails_for_good(String url) throws Exception {
    assertThat(call("{url}", "GET", Map.of("url", url))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void retry_after_may_be_a_date_and_is_never_negative_or_endless() {
    InstantSource now = () -> java.time.Instant.parse("2026-11-22T10:00:00Z");

    assertThat(RetryAfter.parse("Sun, 22 Nov 2026 10:00:30 GMT", now))
        .contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Sun, 22 Nov 2026 09:00:00 GMT", now)).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("999999999", now)).contains(RetryAfter.LONGEST);
    assertThat(RetryAfter.parse("soon", now)).isEmpty();
  }

  @Test
  void a_clock_that_was_set_meanwhile_fails_no_call() throws Exception {
    answer(200, Map.of(), "hello");
    InstantSource anHourLater = () -> java.time.Instant.now().plusSeconds(3_600);

    try (var client = HttpClient.newHttpClient()) {
      var handler =
          new HttpHandler(new Http(base, "GET", Map.of()), MOST, () -> client, anHourLater);

      assertThat(handler.handle(new TestContext(Map.of()))).isEqualTo(Outcome.done("hello"));
    }
  }
}
