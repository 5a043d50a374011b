package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.catalogue.Catalogue;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AskSourceTest {
  @Test
  void the_same_seed_asks_for_the_same_jobs() {
    assertThat(draw(3)).isEqualTo(draw(3)).isNotEqualTo(draw(4));
  }

  @Test
  void every_key_is_unique_and_some_are_sent_twice() {
    assertThat(draw(3)).extracting(Ask::key).doesNotHaveDuplicates();
    assertThat(draw(3)).extracting(Ask::twice).contains(true, false);
  }

  @Test
  void every_task_of_the_catalogue_is_asked_for() throws IOException {
    var folder = ChaosFolder.make();
    try {
      Set<String> tasks =
          Catalogue.load(folder.catalogue(), _ -> null).lanes().stream()
              .map(lane -> lane.task())
              .filter(task -> !task.equals(Names.POISON)) // It is a fault of the plan.
              .collect(Collectors.toSet());

      assertThat(draw(3).stream().map(Ask::task).collect(Collectors.toSet())).isEqualTo(tasks);
    } finally {
      folder.delete();
    }
  }

  private static List<Ask> draw(long seed) {
    var source = new AskSource(seed);
    return Stream.generate(source::next).limit(500).toList();
  }
}
