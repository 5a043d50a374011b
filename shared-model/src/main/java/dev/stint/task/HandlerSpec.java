package dev.stint.task;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a task is run. */
public sealed interface HandlerSpec {
  /**
   * A command, run without a shell. Each {@code {param}} in an argument is replaced by that param
   * and stays within its one argument; the params are on stdin as JSON; stdout is the result.
   *
   * @param env variables it gets, beside the few that every command gets
   * @param directory where it runs; null: the worker's own
   * @param output how stdout is read
   * @param grace between SIGTERM and SIGKILL when it has to stop
   */
  record Exec(
      List<String> argv,
      Map<String, String> env,
      @Nullable Path directory,
      Output output,
      Duration grace)
      implements HandlerSpec {
    public Exec {
      argv = List.copyOf(argv);
      env = Map.copyOf(env);
    }
  }

  /** How a command's stdout becomes a result. */
  enum Output {
    /** It is a JSON value. */
    JSON,
    /** It is text: the result is that string, without the last line end. */
    TEXT
  }

  /**
   * A POST to a URL with the params as JSON body; the body of the 2xx answer is the result.
   *
   * @param url may hold {@code {param}}, percent-encoded when filled in; a URL that is only {@code
   *     {param}} is the param itself
   * @param method POST or GET; GET has no body
   */
  record Http(String url, String method, Map<String, String> headers) implements HandlerSpec {
    public Http {
      headers = Map.copyOf(headers);
    }
  }

  /** A {@link dev.stint.handler.JobHandler} bean, by its {@code @Identifier}. */
  record Bean(String name) implements HandlerSpec {}
}
