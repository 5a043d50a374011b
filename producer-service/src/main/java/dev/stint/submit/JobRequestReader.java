package dev.stint.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stint.json.Json;
import dev.stint.problem.FieldError;
import dev.stint.problem.Problem;
import dev.stint.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the body of a submit, once. Safe for many threads. */
@Singleton
final class JobRequestReader {
  /** Deeper JSON is refused: checking and filling params in goes as deep as they do. */
  static final int MOST_NESTING = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final ObjectReader TREE = Json.MAPPER.reader();

  private final Validator validator;
  private final RequestLimits limits;

  JobRequestReader(Validator validator, RequestLimits limits) {
    this.validator = validator;
    this.limits = limits;
  }

  /**
   * The body as a tree.
   *
   * @throws dev.stint.problem.ProblemException if it is too large or not a JSON object
   */
  ObjectNode parse(InputStream body) {
    try (JsonParser parser = JSON.createParser(bytes(body))) {
      JsonNode tree = TREE.readTree(parser);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw tree == null || tree.isMissingNode()
          ? Problem.of(ProblemType.MALFORMED_JSON, "The body is empty").toException()
          : Problem.invalid(List.of(FieldError.at("", "must be an object"))).toException();
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw Problem.of(ProblemType.MALFORMED_JSON, e.getOriginalMessage() + where).toException();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it. Quarkus has a limit of its own, but its answer would have no body. */
  private byte[] bytes(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(limits.mostBytes() + 1);
    if (bytes.length > limits.mostBytes()) {
      String rule = "The body must be at most " + limits.mostBytes() + " bytes";
      throw Problem.of(ProblemType.TOO_LARGE, rule).toException();
    }
    return bytes;
  }

  /** The request; every rule that the envelope breaks is added to the errors. */
  JobRequest read(ObjectNode body, List<FieldError> errors) {
    var fields = new RequestFields(body, errors);
    fields.allowOnly(
        "task",
        "params",
        "queue",
        "priority",
        "delay",
        "runAt",
        "timeout",
        "maxAttempts",
        "retry",
        "labels");
    var retry = fields.within("retry");
    var request =
        new JobRequest(
            fields.text("task"),
            fields.object("params"),
            fields.text("queue"),
            fields.integer("priority"),
            fields.duration("delay"),
            fields.instant("runAt"),
            fields.duration("timeout"),
            fields.integer("maxAttempts"),
            retry == null ? null : RetryRequest.read(retry),
            fields.texts("labels"));
    if (request.delay() != null && request.runAt() != null) {
      errors.add(FieldError.at("/runAt", "must not be given together with delay"));
    }
    checkAttempts(request, errors);
    var misread = errors.stream().map(FieldError::pointer).collect(Collectors.toSet());
    for (ConstraintViolation<JobRequest> violation : validator.validate(request)) {
      String pointer = pointer(violation.getPropertyPath());
      // What could not be read counts as absent; that it is absent is no second error.
      if (!misread.contains(pointer)) {
        errors.add(FieldError.at(pointer, violation.getMessage()));
      }
    }
    return request;
  }

  private static void checkAttempts(JobRequest request, List<FieldError> errors) {
    Integer attempts = request.retry() == null ? null : request.retry().maxAttempts();
    if (request.maxAttempts() != null
        && attempts != null
        && !attempts.equals(request.maxAttempts())) {
      errors.add(FieldError.at("/maxAttempts", "must not differ from that of retry"));
    }
  }

  private static String pointer(Path path) {
    var pointer = new StringBuilder();
    for (Path.Node node : path) {
      if (node.getKey() != null) {
        pointer.append('/').append(RequestFields.escaped(node.getKey().toString()));
      } else {
        pointer.append('/').append(node.getName());
      }
    }
    return pointer.toString();
  }
}
