package dev.stint.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stint.catalogue.Durations;
import dev.stint.problem.FieldError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads typed fields of a JSON object; one of a wrong type is noted and read as if absent. */
final class RequestFields {
  private final String path;
  private final ObjectNode body;
  private final List<FieldError> errors;

  RequestFields(ObjectNode body, List<FieldError> errors) {
    this("", body, errors);
  }

  private RequestFields(String path, ObjectNode body, List<FieldError> errors) {
    this.path = path;
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

  @Nullable BigDecimal decimal(String name) {
    return read(name, JsonNode::isNumber, "must be a number", JsonNode::decimalValue);
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

  /** The fields of an object within; null if it is absent. */
  @Nullable RequestFields within(String name) {
    ObjectNode object = read(name, JsonNode::isObject, "must be an object", ObjectNode.class::cast);
    return object == null ? null : new RequestFields(at(name), object, errors);
  }

  /**
   * A list; null if it is absent.
   *
   * @param type of its elements: text or a whole number
   * @param parser throws {@link IllegalArgumentException} with the rule that an element breaks
   */
  <E, T> @Nullable List<T> each(String name, Class<E> type, Function<E, T> parser) {
    JsonNode list = read(name, JsonNode::isArray, "must be a list", Function.identity());
    if (list == null) {
      return null;
    }
    var elements = new ArrayList<T>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode node = list.get(i);
      Object value = node.isTextual() ? node.textValue() : node.isInt() ? node.intValue() : null;
      try {
        if (!type.isInstance(value)) {
          throw new IllegalArgumentException(
              type == String.class ? "must be text" : "must be a whole number");
        }
        elements.add(parser.apply(type.cast(value)));
      } catch (IllegalArgumentException e) {
        errors.add(FieldError.at(at(name) + "/" + i, String.valueOf(e.getMessage())));
      }
    }
    return elements;
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
        errors.add(FieldError.at(at(name) + "/" + escaped(entry.getKey()), "must be text"));
      }
    }
    return texts;
  }

  /** A key as it stands in a JSON pointer (RFC 6901). */
  static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /**
   * A text that says something else.
   *
   * @param parser throws {@link IllegalArgumentException} with the rule that is broken
   * @param form what it must be
   */
  <T> @Nullable T parsed(String name, Function<String, T> parser, String form) {
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
    errors.add(FieldError.at(at(name), detail));
  }

  private String at(String name) {
    return path + "/" + escaped(name);
  }
}
