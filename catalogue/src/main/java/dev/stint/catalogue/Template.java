package dev.stint.catalogue;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with {@code {param}} placeholders, as in a command's arguments and in URLs. Doubled braces
 * escape: {@code {{param}}} stands for {@code {param}} itself. Braces around anything that is no
 * name, like {@code {a: 1}}, are left alone.
 */
public final class Template {
  private static final String NAME = "([A-Za-z_][A-Za-z0-9_-]*)";
  private static final Pattern FORM = Pattern.compile("\\{\\{" + NAME + "}}|\\{" + NAME + "}");

  private Template() {}

  /** The params it names, in order. */
  public static Set<String> names(String template) {
    var names = new LinkedHashSet<String>();
    FORM.matcher(template)
        .results()
        .filter(match -> match.group(2) != null)
        .forEach(match -> names.add(match.group(2)));
    return names;
  }

  /**
   * Puts values in.
   *
   * @param value of a param, by its name
   */
  public static String fill(String template, UnaryOperator<String> value) {
    return FORM.matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(match, value)));
  }

  private static String replacement(MatchResult match, UnaryOperator<String> value) {
    String escaped = match.group(1);
    return escaped == null ? value.apply(match.group(2)) : "{" + escaped + "}";
  }
}
