package dev.stint.pod;

import dev.stint.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' API server over HTTPS. Each call reads token and authority anew, for both rotate, and
 * has a connection of its own: calls are rare, and one that hangs cannot stand in the way of the
 * next. Thread-safe.
 */
final class ApiServer implements Cluster {
  private static final String ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");
  private static final int MOST_MESSAGE = 500;
  private static final long MOST_BODY = 1 << 16;

  private final Pod pod;
  private final Duration patience;

  /**
   * @param patience for a whole call
   */
  ApiServer(Pod pod, Duration patience) {
    this.pod = pod;
    this.patience = patience;
  }

  @Override
  public Answer annotate(int cost) throws InterruptedException {
    try {
      var request = request(cost);
      var client = client();
      try {
        return answer(
            client.sendAsync(request, body()).get(patience.toMillis(), TimeUnit.MILLISECONDS));
      } finally {
        client.shutdownNow();
      }
    } catch (TimeoutException e) {
      return new Answer.Away("no answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      return new Answer.Away(reason(e.getCause()));
    } catch (NoSuchFileException e) {
      return new Answer.Away("no file " + e.getFile());
    } catch (IOException | GeneralSecurityException e) {
      return new Answer.Away(reason(e));
    }
  }

  private HttpRequest request(int cost) throws IOException {
    return HttpRequest.newBuilder(pod.uri())
        .header("Authorization", "Bearer " + token())
        .header("Content-Type", "application/merge-patch+json")
        .header("Accept", "application/json")
        .method(
            "PATCH",
            BodyPublishers.ofString(
                "{\"metadata\":{\"annotations\":{\"" + ANNOTATION + "\":\"" + cost + "\"}}}"))
        .build();
  }

  private String token() throws IOException {
    var file = pod.account().resolve("token");
    var token = Files.readString(file).strip();
    // Checked here, for the client would show it in what it says of a bad header.
    if (!TOKEN.matcher(token).matches()) {
      throw new IOException(file + " has no token");
    }
    return token;
  }

  private HttpClient client() throws IOException, GeneralSecurityException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(patience)
        .sslContext(trusting(pod.account().resolve("ca.crt")))
        .build();
  }

  private static SSLContext trusting(Path authorities)
      throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(authorities)) {
      for (var authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca" + trusted.size(), authority);
      }
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The pod in a good answer is of no interest. */
  private static BodyHandler<String> body() {
    return info ->
        isGood(info.statusCode())
            ? BodySubscribers.replacing("")
            : BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BODY).apply(info);
  }

  private static Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    return isGood(status)
        ? new Answer.Done()
        : new Answer.Refused(status, message(response.body()));
  }

  private static boolean isGood(int status) {
    return status >= 200 && status < 300;
  }

  /** What a Status of Kubernetes says, or the start of what else came. */
  private static String message(String body) {
    var text = status(body).replaceAll("\\s+", " ").strip();
    return text.substring(0, Math.min(text.length(), MOST_MESSAGE));
  }

  private static String status(String body) {
    try {
      return Json.read(body, Object.class) instanceof Map<?, ?> status
              && status.get("message") instanceof String message
          ? message
          : body;
    } catch (IllegalArgumentException noJson) {
      return body;
    }
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    var why = cause.getMessage();
    return why == null ? cause.getClass().getSimpleName() : why;
  }
}
