package dev.stint.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The APIs of all producers; which one is asked is said by a number. Safe for many threads. */
final class Producers implements AutoCloseable {
  static final String JOBS = "/api/v1/jobs";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** For questions when the faults are over, on a machine that has much else to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<URI> urls;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Producers(List<URI> urls) {
    this.urls = List.copyOf(urls);
  }

  /**
   * Posts a job.
   *
   * @throws IOException if there is no answer
   */
  HttpResponse<String> submit(int producer, Ask ask) throws IOException, InterruptedException {
    return send(
        request(producer, JOBS)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", ask.key())
            .POST(BodyPublishers.ofString(ask.body())));
  }

  HttpResponse<String> cancel(int producer, String id) throws IOException, InterruptedException {
    return send(request(producer, JOBS + "/" + id).DELETE());
  }

  /** What is at a path, which has to be there. */
  JsonNode get(String path) throws IOException, InterruptedException {
    var answer = send(request(0, path).timeout(PATIENCE));
    if (answer.statusCode() != 200) {
      throw new IOException(path + " is answered with " + answer.statusCode());
    }
    return json(answer);
  }

  /** All jobs there are. */
  List<JobRecord> jobs() throws IOException, InterruptedException {
    var jobs = new ArrayList<JobRecord>();
    @Nullable String next = "";
    while (next != null) {
      var page = get(JOBS + "?limit=200" + (next.isEmpty() ? "" : "&cursor=" + next));
      page.path("items").forEach(job -> jobs.add(JobRecord.of(job)));
      next = page.path("next").asText(null);
    }
    return jobs;
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private HttpRequest.Builder request(int producer, String path) {
    return HttpRequest.newBuilder(urls.get(producer % urls.size()).resolve(path)).timeout(TIMEOUT);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
