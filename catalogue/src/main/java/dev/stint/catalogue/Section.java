package dev.stint.catalogue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the file, read key by key. What is wrong is noted and read as if it were absent, so
 * that reading goes on and finds everything.
 */
final class Section {
  private final String path;
  private final Yaml.Mapping mapping;
  private final Problems problems;

  /** Reads a value that has to be a mapping; another one is noted and read as an empty one. */
  Section(String path, Yaml value, Problems problems) {
    this.path = path;
    this.problems = problems;
    if (value instanceof Yaml.Mapping given) {
      this.mapping = given;
    } else {
      this.mapping = new Yaml.Mapping(Map.of(), value.line());
      problems.add(path, value.line(), "must be a mapping");
    }
  }

  /** Notes every key that is none of these. */
  void allowOnly(String... known) {
    mapping
        .entries()
        .forEach((key, value) -> {
          if (!List.of(known).contains(key)) {
            problems.add(
                at(key), value.line(), "is not known here; known: " + String.join(", ", known));
          }
        });
  }

  void problem(String message) {
    problems.add(path, mapping.line(), message);
  }

  void problem(String key, String message) {
    Yaml value = mapping.entries().get(key);
    problems.add(at(key), value == null ? mapping.line() : value.line(), message);
  }

  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Set<String> keys() {
    return mapping.entries().keySet();
  }

  /** The value as it stands; null if it is absent or null. */
  @Nullable Yaml value(String key) {
    Yaml value = mapping.entries().get(key);
    return value instanceof Yaml.Scalar scalar && scalar.isNull() ? null : value;
  }

  boolean has(String key) {
    return value(key) != null;
  }

  /** A mapping within; empty if it is absent. */
  Section section(String key) {
    Yaml value = value(key);
    return new Section(
        at(key), value == null ? new Yaml.Mapping(Map.of(), mapping.line()) : value, problems);
  }

  @Nullable String text(String key) {
    return switch (value(key)) {
      case null -> null;
      case Yaml.Scalar scalar -> scalar.text();
      case Yaml.Sequence _, Yaml.Mapping _ -> {
        problem(key, "must be text");
        yield null;
      }
    };
  }

  /** One of the choices, the first by default. */
  String choice(String key, String... choices) {
    String text = text(key);
    if (text != null && !List.of(choices).contains(text)) {
      problem(key, "must be one of " + String.join(", ", choices));
      return choices[0];
    }
    return text == null ? choices[0] : text;
  }

  @Nullable Integer integer(String key, int least, int most) {
    BigDecimal number = number(key);
    if (number == null) {
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0 || isOutside(number, least, most)) {
      problem(key, "must be " + least + " to " + most);
      return null;
    }
    return number.intValue();
  }

  double decimal(String key, int least, int most, double fallback) {
    BigDecimal number = number(key);
    if (number != null && isOutside(number, least, most)) {
      problem(key, "must be " + least + " to " + most);
      return fallback;
    }
    return number == null ? fallback : number.doubleValue();
  }

  Duration duration(String key, Duration fallback) {
    String text = text(key);
    if (text == null) {
      return fallback;
    }
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  /** A list of texts; numbers and booleans in it count as they are written. */
  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    Yaml value = value(key);
    if (value instanceof Yaml.Sequence sequence) {
      for (Yaml item : sequence.items()) {
        if (item instanceof Yaml.Scalar scalar && !scalar.isNull()) {
          texts.add(scalar.text());
        } else {
          problems.add(
              at(key) + "[" + sequence.items().indexOf(item) + "]", item.line(), "must be text");
        }
      }
    } else if (value != null) {
      problem(key, "must be a list");
    }
    return texts;
  }

  /** Texts by key; numbers and booleans among them count as they are written. */
  Map<String, String> textsByKey(String key) {
    Section inner = section(key);
    var texts = new LinkedHashMap<String, String>();
    for (String name : inner.keys()) {
      String text = inner.text(name);
      texts.put(name, text == null ? "" : text);
    }
    return texts;
  }

  private @Nullable BigDecimal number(String key) {
    Yaml value = value(key);
    if (value == null) {
      return null;
    }
    // Quotes do not matter: in flow style "${LIMIT:2}" cannot stand without them.
    Object number =
        value instanceof Yaml.Scalar scalar
            ? new Yaml.Scalar(scalar.text(), true, scalar.line()).value()
            : null;
    return switch (number) {
      case BigInteger integer -> new BigDecimal(integer);
      case BigDecimal decimal -> decimal;
      case null, default -> {
        problem(key, "must be a number");
        yield null;
      }
    };
  }

  private static boolean isOutside(BigDecimal number, int least, int most) {
    return number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0;
  }
}
