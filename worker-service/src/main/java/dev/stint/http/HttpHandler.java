package dev.stint.http;

import dev.stint.exec.Placeholders;
import dev.stint.handler.JobContext;
import dev.stint.handler.JobHandler;
import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.json.Json;
import dev.stint.task.HandlerSpec.Http;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs a task by calling its URL. An answer of 2xx is the result: JSON as it is, other bodies as a
 * string. Errors that may pass (connection, 408, 425, 429, 5xx) are tried again, after {@code
 * Retry-After} if the answer has one; other errors are final. Each call carries the job's id as
 * {@code Idempotency-Key}, so that a receiver can tell a second attempt.
 */
public final class HttpHandler implements JobHandler {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final Http spec;
  private final int mostAnswerBytes;
  private final Supplier<HttpClient> client;
  private final InstantSource clock;

  /**
   * @param mostAnswerBytes a longer answer fails its job
   * @param client asked for when a job needs it
   */
  public HttpHandler(
      Http spec, int mostAnswerBytes, Supplier<HttpClient> client, InstantSource clock) {
    this.spec = spec;
    this.mostAnswerBytes = mostAnswerBytes;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public Outcome handle(JobContext context) throws InterruptedException {
    HttpRequest request;
    try {
      request = request(context);
    } catch (IllegalArgumentException e) {
      return new Outcome.Rejected(Failure.of(FailureKind.HTTP, "not a URL: " + e.getMessage()));
    }
    try {
      HttpResponse<InputStream> answer = client.get().send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        return outcome(answer, body.readNBytes(mostAnswerBytes + 1));
      }
    } catch (IOException e) {
      var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Outcome.Failed(
          Failure.of(FailureKind.HTTP, request.method() + " " + request.uri() + ": " + why), null);
    }
  }

  private HttpRequest request(JobContext context) {
    var request =
        HttpRequest.newBuilder(uri(context.params()))
            .timeout(patience(context))
            .header("Idempotency-Key", context.jobId())
            .header("Stint-Job-Id", context.jobId())
            .header("Stint-Attempt", Integer.toString(context.attempt()));
    spec.headers().forEach(request::setHeader);
    return spec.method().equals("GET")
        ? request.GET().build()
        : request
            .header("Content-Type", "application/json")
            .method(spec.method(), BodyPublishers.ofByteArray(Json.writeBytes(context.params())))
            .build();
  }

  /**
   * A little longer than the attempt; and not nothing, should the clock have been set meanwhile.
   */
  private Duration patience(JobContext context) {
    var left = Duration.between(clock.instant(), context.deadline());
    return (left.isNegative() ? Duration.ZERO : left).plusSeconds(1);
  }

  private URI uri(Map<String, Object> params) {
    boolean whole =
        spec.url().startsWith("{") && spec.url().indexOf('}') == spec.url().length() - 1;
    UnaryOperator<String> escape =
        whole
            ? UnaryOperator.identity()
            : text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(Placeholders.fill(spec.url(), params, escape));
  }

  private Outcome outcome(HttpResponse<InputStream> answer, byte[] body) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return result(answer, body);
    }
    var start = new String(body, 0, Math.min(body.length, 500), StandardCharsets.UTF_8).strip();
    var failure = Failure.http(status, "status " + status + (start.isEmpty() ? "" : ": " + start));
    if (status < 500 && !PASSING.contains(status)) {
      return new Outcome.Rejected(failure);
    }
    var after = answer.headers().firstValue("Retry-After").flatMap(v -> RetryAfter.parse(v, clock));
    return new Outcome.Failed(failure, after.orElse(null));
  }

  private Outcome result(HttpResponse<InputStream> answer, byte[] body) {
    if (body.length > mostAnswerBytes) {
      return new Outcome.Rejected(
          Failure.of(
              FailureKind.RESULT, "the answer is larger than " + mostAnswerBytes + " bytes"));
    }
    var text = new String(body, StandardCharsets.UTF_8);
    var type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.contains("json")) {
      return text.isEmpty() ? Outcome.done() : Outcome.done(text);
    }
    try {
      return text.isBlank() ? Outcome.done() : Outcome.done(Json.read(text, Object.class));
    } catch (IllegalArgumentException e) {
      return new Outcome.Rejected(
          Failure.of(FailureKind.RESULT, "the answer is not JSON: " + e.getMessage()));
    }
  }
}
