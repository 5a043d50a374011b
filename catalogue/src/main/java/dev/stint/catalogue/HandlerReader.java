package dev.stint.catalogue;

import dev.stint.task.HandlerSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads how a task is run: its {@code exec}, {@code http} or {@code bean}. */
final class HandlerReader {
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  private final Section task;
  private final ParamsSchema params;

  HandlerReader(Section task, ParamsSchema params) {
    this.task = task;
    this.params = params;
  }

  HandlerSpec read() {
    List<String> given = Stream.of("exec", "http", "bean").filter(task::has).toList();
    if (given.size() != 1) {
      task.problem(
          given.isEmpty()
              ? "needs one of exec, http, bean"
              : "must have only one of " + String.join(", ", given));
      return new HandlerSpec.Bean("");
    }
    return switch (given.getFirst()) {
      case "exec" -> exec();
      case "http" -> http(task.section("http"));
      default -> bean();
    };
  }

  private HandlerSpec exec() {
    if (!(task.value("exec") instanceof Yaml.Mapping)) {
      List<String> argv = argv(task, "exec");
      return new HandlerSpec.Exec(argv, Map.of(), null, HandlerSpec.Output.TEXT, DEFAULT_GRACE);
    }
    Section exec = task.section("exec");
    exec.allowOnly("command", "env", "directory", "output", "grace");
    String directory = exec.text("directory");
    return new HandlerSpec.Exec(
        argv(exec, "command"),
        exec.textsByKey("env"),
        directory == null ? null : Path.of(directory),
        HandlerSpec.Output.valueOf(exec.choice("output", "text", "json").toUpperCase(Locale.ROOT)),
        exec.duration("grace", DEFAULT_GRACE));
  }

  private List<String> argv(Section section, String key) {
    if (!(section.value(key) instanceof Yaml.Sequence)) {
      section.problem(key, "must be a program and its arguments, as a list");
      return List.of("");
    }
    List<String> argv = section.texts(key);
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      section.problem(key, "must start with a program");
      return List.of("");
    }
    if (!Template.names(argv.getFirst()).isEmpty()) {
      section.problem(key, "must start with a program that no param can choose");
    }
    argv.forEach(argument -> checkPlaceholders(section, key, argument));
    return argv;
  }

  private HandlerSpec http(Section http) {
    http.allowOnly("url", "method", "headers");
    String url = http.text("url");
    if (url == null || !isUrl(url)) {
      http.problem("url", "must be an http or https URL, or {param}");
      return new HandlerSpec.Bean("");
    }
    checkPlaceholders(http, "url", url);
    return new HandlerSpec.Http(
        url, http.choice("method", "POST", "GET"), http.textsByKey("headers"));
  }

  private HandlerSpec bean() {
    String name = task.text("bean");
    if (name == null || name.isBlank()) {
      task.problem("bean", "must be the name of a handler bean");
    }
    return new HandlerSpec.Bean(name == null ? "" : name);
  }

  private void checkPlaceholders(Section section, String key, String template) {
    if (!params.listsParams()) {
      return;
    }
    for (String name : Template.names(template)) {
      if (!params.hasParam(name)) {
        section.problem(key, "{" + name + "} is not among the params; {{" + name + "}} is literal");
      } else if (!params.alwaysHas(name)) {
        section.problem(key, "{" + name + "} must be required or have a default in the params");
      }
    }
  }

  /**
   * An absolute http(s) URL once the placeholders are filled, or one placeholder that is it all.
   */
  private static boolean isUrl(String url) {
    if (Template.fill(url, _ -> "").isEmpty()) {
      return Template.names(url).size() == 1;
    }
    try {
      URI uri = new URI(Template.fill(url, _ -> "x"));
      return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
