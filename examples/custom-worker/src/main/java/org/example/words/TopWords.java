package org.example.words;

import dev.stint.handler.JobContext;
import dev.stint.handler.JobHandler;
import dev.stint.handler.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The most frequent words of a text. The task names it: {@code bean: top-words}. */
@ApplicationScoped
@Identifier("top-words")
public class TopWords implements JobHandler {
  private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

  /** A line of the result. Written as JSON, so a native executable has to know of it. */
  @RegisterForReflection
  public record Word(String word, long count) {}

  @Override
  public Outcome handle(JobContext context) {
    // Of the types that the task's schema asks for; the default is filled in.
    var text = (String) context.params().get("text");
    var most = ((Number) context.params().get("most")).intValue();

    Map<String, Long> counts =
        NO_LETTERS
            .splitAsStream(text.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
    context.log(counts.size() + " different words");
    if (counts.isEmpty()) {
      return Outcome.rejected("no word in the text");
    }
    List<Word> top =
        counts.entrySet().stream()
            .map(entry -> new Word(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(Word::count).reversed().thenComparing(Word::word))
            .limit(most)
            .toList();
    return Outcome.done(top);
  }
}
