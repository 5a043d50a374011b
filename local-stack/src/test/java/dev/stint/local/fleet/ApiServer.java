package dev.stint.local.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What a worker in a pod sees of Kubernetes: an API server over HTTPS with a certificate of the
 * cluster's own authority, which looks at what it is asked as the real one does, and the folder of
 * a service account.
 */
final class ApiServer implements AutoCloseable {
  static final String NAMESPACE = "jobs";

  private static final String ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";
  private static final String PODS = "/api/v1/namespaces/" + NAMESPACE + "/pods/";
  private static final String PASSWORD = "changeit";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final SSLContext tls;
  private final Map<String, Map<String, String>> pods = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile String token = "first";
  private volatile boolean forbidding;
  private volatile boolean hanging;
  private HttpsServer server;

  private ApiServer(Path folder, SSLContext tls) {
    this.folder = folder;
    this.tls = tls;
  }

  /**
   * Starts a cluster's API server.
   *
   * @param folder for its certificates and the service account
   */
  static ApiServer start(Path folder) throws Exception {
    Files.createDirectories(folder);
    makeCertificate(folder);
    var keys = KeyStore.getInstance(folder.resolve("keys").toFile(), PASSWORD.toCharArray());
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), null, null);
    var cluster = new ApiServer(folder, tls);
    Files.writeString(folder.resolve("namespace"), NAMESPACE);
    cluster.mountToken("first");
    cluster.open(0);
    return cluster;
  }

  private static void makeCertificate(Path folder) throws Exception {
    keytool(
        folder, "-genkeypair", "-keyalg", "EC", "-alias", "ca", "-dname", "CN=CA", "-ext", "bc:c");
    keytool(
        folder,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "api",
        "-signer",
        "ca",
        "-dname",
        "CN=API",
        "-ext",
        "san=ip:127.0.0.1");
    keytool(
        folder,
        "-exportcert",
        "-alias",
        "ca",
        "-rfc",
        "-file",
        folder.resolve("ca.crt").toString());
    keytool(folder, "-delete", "-alias", "ca");
  }

  private static void keytool(Path folder, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", folder.resolve("keys").toString(), "-storepass", PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + output);
    }
  }

  /** What a pod of this cluster has in its environment, all but the settings of its worker. */
  Map<String, String> pod(String name) {
    pods.put(name, new ConcurrentHashMap<>());
    return Map.of(
        "KUBERNETES_SERVICE_HOST",
        "127.0.0.1",
        "KUBERNETES_SERVICE_PORT",
        Integer.toString(server.getAddress().getPort()),
        "HOSTNAME",
        name,
        "STINT_KUBERNETES_SERVICE_ACCOUNT",
        folder.toString());
  }

  /** What a pod is said to cost; empty if nothing was said. */
  String cost(String pod) {
    return pods.get(pod).getOrDefault(ANNOTATION, "");
  }

  /** Pods as a ReplicaSet would take them: without the annotation they cost nothing. */
  List<String> inOrderOfDeletion() {
    return pods.keySet().stream()
        .sorted(
            Comparator.comparingInt(pod -> cost(pod).isEmpty() ? 0 : Integer.parseInt(cost(pod))))
        .toList();
  }

  /** Requests so far, whatever came of them. */
  int asked() {
    return asked.get();
  }

  /** Whether the service account lacks its Role. */
  void forbid(boolean forbid) {
    forbidding = forbid;
  }

  /** Whether requests get no answer. */
  void hang(boolean hang) {
    hanging = hang;
  }

  /** From now on only this token is taken; the pods get it, as the kubelet does it. */
  void rotateToken(String next) throws IOException {
    token = next;
    mountToken(next);
  }

  private void mountToken(String content) throws IOException {
    var next = Files.writeString(folder.resolve("token.next"), content);
    Files.move(next, folder.resolve("token"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes connections on a port that it had before. */
  void open(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** Takes none; the port it had. */
  int shut() {
    int port = server.getAddress().getPort();
    server.stop(0);
    return port;
  }

  private void take(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    if (hanging) {
      awaitClosed();
    }
    try (exchange;
        var in = exchange.getRequestBody()) {
      int status = status(exchange, in);
      var body =
          MAPPER.writeValueAsBytes(
              Map.of("kind", "Status", "code", status, "message", "pods: status " + status));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int status(HttpExchange exchange, InputStream body) throws IOException {
    var headers = exchange.getRequestHeaders();
    var path = exchange.getRequestURI().toString();
    if (!("Bearer " + token).equals(headers.getFirst("Authorization"))) {
      return 401;
    }
    if (forbidding || !exchange.getRequestMethod().equals("PATCH")) {
      return 403;
    }
    var pod = path.startsWith(PODS) ? pods.get(path.substring(PODS.length())) : null;
    if (pod == null) {
      return 404;
    }
    return "application/merge-patch+json".equals(headers.getFirst("Content-Type"))
        ? merge(pod, MAPPER.readTree(body))
        : 415;
  }

  /** Pods may be given annotations here and nothing else; the cost must be a text of digits. */
  private static int merge(Map<String, String> pod, JsonNode patch) {
    var annotations = patch.path("metadata").path("annotations");
    var cost = annotations.path(ANNOTATION);
    if (patch.size() != 1 || patch.path("metadata").size() != 1 || annotations.size() != 1) {
      return 403;
    }
    if (!cost.isTextual() || !cost.asText().matches("0|[1-9][0-9]{0,9}")) {
      return 422;
    }
    pod.put(ANNOTATION, cost.asText());
    return 200;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
