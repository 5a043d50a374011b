package dev.stint.exec;

import dev.stint.catalogue.Template;
import dev.stint.json.Json;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Fills params into the texts of a task: a string as it is, any other value as JSON. */
public final class Placeholders {
  private Placeholders() {}

  /**
   * @param escape applied to each value that is filled in
   * @throws IllegalArgumentException naming the param that is missing
   */
  public static String fill(
      String template, Map<String, Object> params, UnaryOperator<String> escape) {
    return Template.fill(template, name -> escape.apply(text(name, params)));
  }

  private static String text(String name, Map<String, Object> params) {
    var value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException("param " + name + " is missing");
    }
    return value instanceof String text ? text : Json.write(value);
  }
}
