package dev.stint.catalogue;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills in {@code ${NAME}} and {@code ${NAME:default}}; {@code $${NAME}} stays {@code ${NAME}}. */
final class Variables {
  private static final Pattern FORM =
      Pattern.compile("\\$(\\$)?\\{([A-Za-z_][A-Za-z0-9_.-]*)(?::([^}]*))?}");

  private final Function<String, @Nullable String> lookup;

  Variables(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
  }

  String fill(String text, Consumer<String> onProblem) {
    return FORM.matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(valueOf(match, onProblem)));
  }

  private String valueOf(MatchResult match, Consumer<String> onProblem) {
    if (match.group(1) != null) {
      return match.group().substring(1);
    }
    String value = lookup.apply(match.group(2));
    if (value != null) {
      return value;
    }
    String fallback = match.group(3);
    if (fallback != null) {
      return fallback;
    }
    onProblem.accept(
        "${" + match.group(2) + "} is set nowhere; ${" + match.group(2) + ":...} gives a default");
    return "";
  }
}
