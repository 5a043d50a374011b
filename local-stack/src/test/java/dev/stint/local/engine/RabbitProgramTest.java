package dev.stint.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.local.process.Complaint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RabbitProgramTest {
  @Test
  void the_one_that_is_named_is_taken() {
    assertThat(RabbitProgram.find("/bin/sh")).isEqualTo(Path.of("/bin/sh"));
  }

  @Test
  void what_is_no_program_is_refused() {
    assertThatThrownBy(() -> RabbitProgram.find("rabbitmq-server"))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("STINT_RABBITMQ must be the absolute path of a program");
    assertThatThrownBy(() -> RabbitProgram.find("/no/such/program")).isInstanceOf(Complaint.class);
  }
}
