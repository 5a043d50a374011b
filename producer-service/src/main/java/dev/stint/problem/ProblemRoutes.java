package dev.stint.problem;

import dev.stint.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Problems of requests that never reach a resource. */
final class ProblemRoutes {
  private static final Logger LOG = Logger.getLogger(ProblemRoutes.class);

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
    if (status >= 500) {
      LOG.errorf(context.failure(), "request failed path=%s", context.normalizedPath());
    }
    var problem = Problem.of(status).withInstance(context.normalizedPath());
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.writeBytes(problem)));
  }
}
