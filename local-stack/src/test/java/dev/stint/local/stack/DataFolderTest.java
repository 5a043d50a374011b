package dev.stint.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.local.process.Complaint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path parent;

  @Test
  void second_lock_is_refused_and_names_the_owner() {
    Path folder = parent.resolve("data");
    try (var _ = DataFolder.lock(folder)) {
      assertThatThrownBy(() -> DataFolder.lock(folder))
          .isInstanceOf(Complaint.class)
          .hasMessageContaining(folder + " is in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void lock_can_be_had_again_when_it_was_given_back() {
    DataFolder.lock(parent).close();

    try (var folder = DataFolder.lock(parent)) {
      assertThat(folder.redis()).isDirectory();
    }
  }

  @Test
  void lock_that_a_dead_process_left_behind_does_not_count() throws Exception {
    Files.createDirectories(parent.resolve("run"));
    Files.writeString(parent.resolve("run/lock"), "123456");

    try (var _ = DataFolder.lock(parent)) {
      assertThat(parent.resolve("run/lock")).hasContent("" + ProcessHandle.current().pid());
    }
  }

  @Test
  void path_that_is_a_file_is_refused() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.lock(file))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("cannot use the data folder");
  }
}
