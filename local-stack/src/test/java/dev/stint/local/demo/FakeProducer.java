package dev.stint.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Takes jobs as a producer does; each looks queued once, then has ended as the function says. */
final class FakeProducer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final Function<Path, String> handler;
  private final Map<String, Path> jobs = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();

  /**
   * @param handler the result for a file; null makes the job fail
   */
  FakeProducer(Function<Path, String> handler) throws IOException {
    this.handler = handler;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/jobs", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    if (exchange.getRequestMethod().equals("POST")) {
      JsonNode job = MAPPER.readTree(exchange.getRequestBody());
      String id = "job" + ids.incrementAndGet();
      jobs.put(id, Path.of(job.path("params").path("path").asText()));
      send(exchange, 202, Map.of("id", id));
    } else if (path.length == 6) {
      send(exchange, 200, handler.apply(jobs.get(path[4])));
    } else {
      send(exchange, 200, job(path[4]));
    }
  }

  private Object job(String id) {
    if (looks.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet() == 1) {
      return Map.of("id", id, "state", "queued");
    }
    return handler.apply(jobs.get(id)) == null
        ? Map.of("id", id, "state", "failed", "error", Map.of("message", "no luck"))
        : Map.of("id", id, "state", "succeeded");
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] json = MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }
}
