package dev.stint.local.chaos;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws jobs of all kinds: from one seed always the same ones. For one thread. */
final class AskSource {
  private final SplittableRandom random;
  private int count;

  /** What a command may do that no command should; see hostile.sh. */
  private enum Hostility {
    ENDLESS(Ask.End.FAILED),
    FLOOD(Ask.End.FAILED),
    SIGNAL(Ask.End.FAILED),
    GARBLED(Ask.End.FAILED),
    FORK(Ask.End.SUCCEEDED);

    private final Ask.End end;

    Hostility(Ask.End end) {
      this.end = end;
    }
  }

  AskSource(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Ask next() {
    int kind = random.nextInt(100);
    int brief = random.nextInt(100);
    int middle = random.nextInt(300, 2_500);
    int lengthy = random.nextInt(8_000, 15_000);
    var cancel = Duration.ofMillis(random.nextInt(300, 4_000));
    if (kind < 31) {
      return ask("quick", millis(brief), queue(), Ask.End.SUCCEEDED, null);
    } else if (kind < 34) {
      return hostile(Hostility.values()[random.nextInt(Hostility.values().length)]);
    } else if (kind < 46) {
      return ask("steady", millis(middle), "", Ask.End.SUCCEEDED, null);
    } else if (kind < 60) {
      return ask("command", seconds(middle, random.nextInt(3) / 2), "", Ask.End.SUCCEEDED, null);
    } else if (kind < 72) {
      return ask("flaky", failing(brief, random.nextInt(1, 3)), "", Ask.End.SUCCEEDED, null);
    } else if (kind < 77) {
      return ask("doomed", millis(brief), "", Ask.End.FAILED, null);
    } else if (kind < 87) {
      return ask("quick", millis(brief), delay(middle * 3L), Ask.End.SUCCEEDED, null);
    } else if (kind < 92) {
      return ask("quick", millis(brief), delay(3_600_000), Ask.End.CANCELLED, cancel);
    } else if (kind < 97) {
      return ask("long", millis(lengthy), "", Ask.End.CANCELLED, cancel);
    } else {
      return ask("long-command", seconds(lengthy), "", Ask.End.CANCELLED, cancel);
    }
  }

  private Ask ask(
      String task, String params, String more, Ask.End end, @Nullable Duration cancelAfter) {
    var key = "chaos-" + ++count;
    var body = "{\"task\":\"%s\",\"params\":{%s}%s}".formatted(task, params, more);
    return new Ask(key, task, body, end, random.nextInt(5) == 0, cancelAfter);
  }

  private Ask hostile(Hostility what) {
    var name = what.name().toLowerCase(Locale.ROOT);
    return ask("hostile", "\"mode\":\"" + name + "\"", "", what.end, null);
  }

  private String queue() {
    return random.nextInt(4) == 0 ? ",\"queue\":\"reports\"" : "";
  }

  private static String delay(long millis) {
    return ",\"delay\":\"" + millis + "ms\"";
  }

  private static String millis(int millis) {
    return "\"millis\":" + millis;
  }

  private static String failing(int millis, int times) {
    return millis(millis) + ",\"failTimes\":" + times;
  }

  private static String seconds(int millis) {
    return String.format(Locale.ROOT, "\"seconds\":%.2f", millis / 1e3);
  }

  private static String seconds(int millis, int times) {
    return seconds(millis / 2) + ",\"failTimes\":" + times;
  }
}
