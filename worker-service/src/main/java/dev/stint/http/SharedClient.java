package dev.stint.http;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of a worker, made when the first job needs it: with its thread and its
 * certificates it is a good part of what a worker's start would cost. Thread-safe.
 */
public final class SharedClient {
  private @Nullable HttpClient client;

  /** The client; the same one at each call. */
  public synchronized HttpClient get() {
    if (client == null) {
      client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    }
    return client;
  }
}
