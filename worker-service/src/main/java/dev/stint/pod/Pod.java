package dev.stint.pod;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The pod a worker is, and where its cluster can be told of it.
 *
 * @param api of the cluster, {@code https://host:port}
 * @param account folder with {@code token} and {@code ca.crt}; both may change at any time
 * @param interval between two patches at least
 */
public record Pod(URI api, String namespace, String name, Path account, Duration interval) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException naming the setting and its rule
   */
  public Pod {
    // The token goes there: never without TLS.
    if (!"https".equals(api.getScheme()) || api.getHost() == null) {
      throw new IllegalArgumentException("api: must look like https://host:port, not " + api);
    }
    requireName("namespace", namespace);
    requireName("pod", name);
    if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "interval: must be " + LEAST + " to " + MOST + ", not " + interval);
    }
  }

  private static void requireName(String setting, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          setting + ": must be a name of Kubernetes (a-z, 0-9, - and .), not " + value);
    }
  }

  /** Where the pod itself is in the API. */
  URI uri() {
    return api.resolve("/api/v1/namespaces/" + namespace + "/pods/" + name);
  }
}
