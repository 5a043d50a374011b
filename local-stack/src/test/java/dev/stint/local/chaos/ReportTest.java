package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Story story = new Story();

  @Test
  void it_tells_faults_jobs_and_what_holds() {
    story.job("a", Ask.End.SUCCEEDED, "succeeded", 2, "lost");

    var report = report(Finding.of("rule", 7, List.of()));

    assertThat(report.isGood()).isTrue();
    assertThat(report.toString())
        .contains("seed 5", "kill worker", "faults in all: 1, kills: 1", "succeeded  1")
        .containsPattern("rule +7 +ok");
  }

  @Test
  void it_names_what_broke_a_rule() {
    var report = report(Finding.of("rule", 7, List.of("this one", "that one")));

    assertThat(report.isGood()).isFalse();
    assertThat(report.toString()).contains("VIOLATED 2", "VIOLATED: rule\n  this one\n  that one");
  }

  private Report report(Finding finding) {
    List<Fault> faults = List.of(new Fault.Kill("worker-1", Duration.ofSeconds(1)));
    return new Report(5, faults, story.evidence(), List.of(finding));
  }
}
