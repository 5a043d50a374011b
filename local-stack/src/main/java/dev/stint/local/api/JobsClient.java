package dev.stint.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stint.local.process.Complaint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * The producer's REST API. Calls block, and are safe from many threads; each throws a {@link
 * Complaint} if there is no producer, or it answers something else than was asked for.
 */
public final class JobsClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI producer;
  private final HttpClient http;

  public JobsClient(URI producer) {
    this.producer = producer;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** The id of the new job. */
  public String submit(String task, Map<String, Object> params) throws InterruptedException {
    String body = write(Map.of("task", task, "params", params));
    var request =
        request("/api/v1/jobs")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(request.build()).path("id").asText();
  }

  /** Cancels a job: at once if it waits; a running one is interrupted. */
  public void cancel(String id) throws InterruptedException {
    send(request("/api/v1/jobs/" + id).DELETE().build());
  }

  public JsonNode job(String id) throws InterruptedException {
    return send(request("/api/v1/jobs/" + id).build());
  }

  public JsonNode result(String id) throws InterruptedException {
    return send(request("/api/v1/jobs/" + id + "/result").build());
  }

  /** Counts by lane and state. */
  public JsonNode queues() throws InterruptedException {
    return send(request("/api/v1/queues").build());
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(producer.resolve(path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest request) throws InterruptedException {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new Complaint(
            request.method()
                + " "
                + request.uri()
                + " was answered with "
                + response.statusCode()
                + ": "
                + response.body());
      }
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new Complaint(request.uri() + " answers no JSON; is that a Stint producer?", e);
    } catch (IOException e) {
      throw new Complaint("no producer answers at " + producer + "; is ./stint up running?", e);
    }
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
