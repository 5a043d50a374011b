package dev.stint.catalogue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document, with the line of its key, from 1. */
sealed interface Yaml {
  int line();

  /** The value as Java's JSON types: map, list, text, number, boolean or null. */
  @Nullable Object value();

  /**
   * A single value, as written.
   *
   * @param plain without quotes, so that it may be a number, a boolean or null
   */
  record Scalar(String text, boolean plain, int line) implements Yaml {
    private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,100}");
    private static final Pattern DECIMAL =
        Pattern.compile("[-+]?(\\.\\d{1,100}|\\d{1,100}(\\.\\d{0,100})?)([eE][-+]?\\d{1,3})?");

    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    /** By the core schema of YAML 1.2, in which {@code no} and {@code on} are text. */
    @Override
    public @Nullable Object value() {
      if (!plain) {
        return text;
      }
      if (isNull()) {
        return null;
      }
      if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
        return Boolean.valueOf(text);
      }
      if (INTEGER.matcher(text).matches()) {
        return new BigInteger(text);
      }
      return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }
  }

  /** Values in order. */
  record Sequence(List<Yaml> items, int line) implements Yaml {
    @Override
    public List<@Nullable Object> value() {
      var values = new ArrayList<@Nullable Object>();
      items.forEach(item -> values.add(item.value()));
      return values;
    }
  }

  /** Values by key, in the order of the file. */
  record Mapping(Map<String, Yaml> entries, int line) implements Yaml {
    @Override
    public Map<String, @Nullable Object> value() {
      var values = new LinkedHashMap<String, @Nullable Object>();
      entries.forEach((key, entry) -> values.put(key, entry.value()));
      return values;
    }
  }
}
