package dev.stint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  @Test
  void placeholders_are_filled_each_with_its_value() {
    assertThat(Template.names("--in={in} {out} {in}")).containsExactly("in", "out");
    assertThat(Template.fill("--in={in} {out}", Map.of("in", "a$1\\b {out}", "out", "c")::get))
        .isEqualTo("--in=a$1\\b {out} c");
  }

  @Test
  void doubled_braces_stand_for_themselves() {
    assertThat(Template.names("{{print}} {x}")).containsExactly("x");
    assertThat(Template.fill("{{print}} {x}", _ -> "1")).isEqualTo("{print} 1");
  }

  @Test
  void braces_around_no_name_are_left_alone() {
    String jq = "{a: .b, \"c\": {}} {{.Names}} { x } {1}";

    assertThat(Template.names(jq)).isEmpty();
    assertThat(Template.fill(jq, _ -> "wrong")).isEqualTo(jq);
  }
}
