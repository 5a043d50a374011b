package dev.stint.local.fleet;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** The REST API as a test's client sees it. */
final class Api implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int IN_FLIGHT = 64;

  private final URI producer;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Api(URI producer) {
    this.producer = producer;
  }

  HttpResponse<String> call(String method, String path, String body, String... headers)
      throws InterruptedException {
    var request =
        HttpRequest.newBuilder(producer.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode get(String path) throws InterruptedException {
    return json(call("GET", path, null), 200);
  }

  JsonNode post(String path, Map<String, Object> body) throws InterruptedException {
    return json(call("POST", path, write(body)), 200);
  }

  JsonNode job(String id) throws InterruptedException {
    return get("/api/v1/jobs/" + id);
  }

  String state(String id) throws InterruptedException {
    return job(id).path("state").asText();
  }

  /** Submits a job; further fields of the request stand in {@code more}. */
  String submit(String task, Map<String, Object> params, Map<String, Object> more)
      throws InterruptedException {
    var request = new HashMap<String, Object>(more);
    request.put("task", task);
    request.put("params", params);
    return json(call("POST", "/api/v1/jobs", write(request)), 202).path("id").asText();
  }

  /** Submits a job once, however often it takes: all requests have one idempotency key. */
  String submitUntilAccepted(String task, Map<String, Object> params, Duration atMost) {
    var body = write(Map.of("task", task, "params", params));
    var key = UUID.randomUUID().toString();
    var answer =
        await()
            .pollDelay(Duration.ZERO)
            .atMost(atMost)
            .until(
                () -> call("POST", "/api/v1/jobs", body, "Idempotency-Key", key),
                it -> it.statusCode() != 503);
    return json(answer, 202).path("id").asText();
  }

  /** Whether it can tell counts. */
  boolean isAnswering() throws InterruptedException {
    return call("GET", "/api/v1/queues", null).statusCode() == 200;
  }

  String submit(String task, Map<String, Object> params) throws InterruptedException {
    return submit(task, params, Map.of());
  }

  /** Submits many at once; their ids. */
  List<String> submit(int count, String task, Map<String, Object> params) throws Exception {
    return submit(count, task, params, Map.of());
  }

  /** The same with further fields. */
  List<String> submit(int count, String task, Map<String, Object> params, Map<String, Object> more)
      throws Exception {
    var free = new Semaphore(IN_FLIGHT);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> ids =
          IntStream.range(0, count)
              .mapToObj(n ->
                  threads.submit(() -> {
                    free.acquire();
                    try {
                      return submit(task, params, more);
                    } finally {
                      free.release();
                    }
                  }))
              .toList();
      var made = new ArrayList<String>(count);
      for (var id : ids) {
        made.add(id.get());
      }
      return made;
    }
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    if (answer.statusCode() != status) {
      throw new AssertionError(
          answer.request().method()
              + " "
              + answer.uri()
              + " was answered with "
              + answer.statusCode()
              + ": "
              + answer.body());
    }
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
