package dev.stint.problem;

import dev.stint.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Problems of requests that never reach a resource. */
final class ProblemRoutes {
  private ProblemRoutes() {}

  static void register(@Observes Router router) {
    router
        .route()
        .order(Integer.MIN_VALUE)
        .failureHandler(context -> answer(context, context.statusCode()));
    router.route().last().handler(context -> answer(context, 404));
  }

  private static void answer(RoutingContext context, int status) {
    var response = context.response();
    if (response.headWritten()) {
      context.next();
      return;
    }
    ProblemType type = ProblemType.of(status);
    var problem = Problem.of(type, type.title()).withInstance(context.normalizedPath());
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.writeBytes(problem)));
  }
}
