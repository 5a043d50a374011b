package dev.stint.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stint.local.process.Complaint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpClientsTest {
  private static final byte[] JOB = "{}".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger posts = new AtomicInteger();
  private final ConcurrentHashMap<Integer, Integer> connections = new ConcurrentHashMap<>();
  private volatile int status = 202;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          posts.incrementAndGet();
          connections.merge(exchange.getRemoteAddress().getPort(), 1, Integer::sum);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, JOB.length);
          exchange.getResponseBody().write(JOB);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void all_jobs_are_posted_over_as_many_connections_as_clients() throws Exception {
    long[] times = clients(3).post(200);

    assertThat(times).hasSize(200).isSorted();
    assertThat(posts).hasValue(200);
    assertThat(connections).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void refused_job_ends_the_measurement() {
    status = 503;

    assertThatThrownBy(() -> clients(1).post(10))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("503");
  }

  private HttpClients clients(int clients) {
    return new HttpClients(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), clients, JOB);
  }
}
