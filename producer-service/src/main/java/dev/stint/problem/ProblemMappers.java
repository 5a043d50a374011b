package dev.stint.problem;

import dev.stint.job.StoreUnavailableException;
import dev.stint.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a request's handling throws into a problem. */
public class ProblemMappers {
  /** Seconds until a client may try again: Redis reconnects within one. */
  private static final String RETRY_AFTER = "1";

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private final RandomGenerator random;

  ProblemMappers(RandomGenerator random) {
    this.random = random;
  }

  @ServerExceptionMapper
  Response map(ProblemException exception, UriInfo uri) {
    return response(exception.problem(), uri).build();
  }

  @ServerExceptionMapper
  Response map(StoreUnavailableException exception, UriInfo uri) {
    LOG.debugf("Redis is away path=%s cause=%s", uri.getPath(), exception.getMessage());
    var problem =
        Problem.of(
            ProblemType.STORE_UNAVAILABLE,
            "Redis did not answer; whether the request was done is not known."
                + " Send it again, with an Idempotency-Key to be safe.");
    return response(problem, uri).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER).build();
  }

  /** Those of JAX-RS itself: no such path, method, media type. */
  @ServerExceptionMapper
  Response map(WebApplicationException exception, UriInfo uri) {
    int status = exception.getResponse().getStatus();
    return status < 500
        ? response(Problem.of(status), uri).build()
        : map((Throwable) exception, uri);
  }

  /** A bug: the log has its stack, the client a number to ask for. */
  @ServerExceptionMapper
  Response map(Throwable exception, UriInfo uri) {
    String id = Long.toHexString(random.nextLong());
    LOG.errorf(exception, "request failed error=%s path=%s", id, uri.getPath());
    var problem =
        Problem.of(ProblemType.INTERNAL_ERROR, "The producer's log has more under error=" + id);
    return response(problem, uri).build();
  }

  private static Response.ResponseBuilder response(Problem problem, UriInfo uri) {
    byte[] body = Json.writeBytes(problem.withInstance(uri.getRequestUri().getRawPath()));
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(body);
  }
}
