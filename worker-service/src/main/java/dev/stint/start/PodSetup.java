package dev.stint.start;

import dev.stint.pod.Pod;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which pod this worker is, by its settings and by what Kubernetes tells every pod. */
final class PodSetup {
  private final WorkerSettings.Kubernetes settings;
  private final Function<String, Optional<String>> variables;
  private final List<String> warnings;

  /**
   * @param warnings what keeps the pod from being told of, but no job from being run, is added
   */
  PodSetup(
      WorkerSettings.Kubernetes settings,
      Function<String, Optional<String>> variables,
      List<String> warnings) {
    this.settings = settings;
    this.variables = variables;
    this.warnings = warnings;
  }

  /**
   * The pod that the cluster is to be told of; empty if it is not wanted or this is none.
   *
   * @throws IllegalArgumentException naming a setting that is wrong, without its prefix, and the
   *     rule
   */
  Optional<Pod> pod() {
    if (!settings.deletionCost()) {
      return Optional.empty();
    }
    var account = account();
    var api = or("api", "there is no KUBERNETES_SERVICE_HOST", settings.api().or(this::service));
    var namespace =
        or(
            "namespace",
            "there is no file " + account.resolve("namespace"),
            settings.namespace().or(() -> namespace(account)));
    var name =
        or("pod", "there is no HOSTNAME", settings.pod().or(() -> variables.apply("HOSTNAME")));
    if (api.isEmpty() || namespace.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Pod(uri(api.get()), namespace.get(), name.get(), account, settings.interval()));
  }

  private Optional<String> or(String setting, String why, Optional<String> value) {
    if (value.isEmpty()) {
      warnings.add(
          "stint.kubernetes.deletion-cost: nothing is told, stint.kubernetes."
              + setting
              + " is not set and "
              + why);
    }
    return value;
  }

  private Path account() {
    try {
      return Path.of(settings.serviceAccount());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("service-account: is no path: " + e.getInput(), e);
    }
  }

  private Optional<String> service() {
    var port =
        variables
            .apply("KUBERNETES_SERVICE_PORT_HTTPS")
            .or(() -> variables.apply("KUBERNETES_SERVICE_PORT"))
            .orElse("443");
    return variables
        .apply("KUBERNETES_SERVICE_HOST")
        .map(host -> "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  private static Optional<String> namespace(Path account) {
    try {
      return Optional.of(Files.readString(account.resolve("namespace")).strip());
    } catch (IOException notMounted) {
      return Optional.empty();
    }
  }

  private static URI uri(String api) {
    try {
      return URI.create(api);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("api: is no URL: " + api, e);
    }
  }
}
