package dev.stint.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stint.catalogue.Durations;
import dev.stint.problem.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads typed fields of a JSON object; one of a wrong type is noted and read as if absent. */
final class RequestFields {
  private final ObjectNode body;
  private final List<FieldError> errors;

  RequestFields(ObjectNode body, List<FieldError> errors) {
    this.body = body;
    this.errors = errors;
  }

  void allowOnly(String... known) {
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!List.of(known).contains(name)) {
            error(name, "is not a known field; known: " + String.join(", ", known));
          }
        });
  }

  @Nullable String text(String name) {
    return read(name, JsonNode::isTextual, "must be text", JsonNode::textValue);
  }

  @Nullable Integer integer(String name) {
    return read(name, JsonNode::isInt, "must be a whole number", JsonNode::intValue);
  }

  @Nullable Duration duration(String name) {
    return parsed(name, Durations::parse, Durations.FORM);
  }

  @Nullable Instant instant(String name) {
    return parsed(
        name,
        text -> Instant.parse(text).truncatedTo(ChronoUnit.MILLIS),
        "a time like 2026-11-22T10:00:00Z");
  }

  /** An object; empty if it is absent. */
  ObjectNode object(String name) {
    ObjectNode object = read(name, JsonNode::isObject, "must be an object", ObjectNode.class::cast);
    return object == null ? JsonNodeFactory.instance.objectNode() : object;
  }

  /** Texts by key; empty if it is absent. */
  Map<String, String> texts(String name) {
    var texts = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : object(name).properties()) {
      if (entry.getValue().isTextual()) {
        texts.put(entry.getKey(), entry.getValue().textValue());
      } else {
        errors.add(FieldError.at("/" + name + "/" + escaped(entry.getKey()), "must be text"));
      }
    }
    return texts;
  }

  /** A key as it stands in a JSON pointer (RFC 6901). */
  static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private <T> @Nullable T parsed(String name, Function<String, T> parser, String form) {
    String text = read(name, JsonNode::isTextual, "must be " + form, JsonNode::textValue);
    try {
      return text == null ? null : parser.apply(text);
    } catch (IllegalArgumentException e) {
      error(name, String.valueOf(e.getMessage()));
    } catch (DateTimeException e) {
      error(name, "must be " + form);
    }
    return null;
  }

  private <T> @Nullable T read(
      String name, Function<JsonNode, Boolean> fits, String rule, Function<JsonNode, T> value) {
    JsonNode node = body.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!fits.apply(node)) {
      error(name, rule);
      return null;
    }
    return value.apply(node);
  }

  private void error(String name, String detail) {
    errors.add(FieldError.at("/" + escaped(name), detail));
  }
}
