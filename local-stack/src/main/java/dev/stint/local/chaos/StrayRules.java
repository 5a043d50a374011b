package dev.stint.local.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of messages that are no jobs. */
final class StrayRules {
  private final Strays strays;
  private final List<String> due;

  StrayRules(Evidence evidence) {
    this.strays = evidence.strays();
    // A broker that was wiped since has forgotten the message, wherever it was.
    this.due =
        strays.sent().stream()
            .filter(Strays.Sent::confirmed)
            .filter(sent -> !evidence.processes().outages().wipedSince(sent.at()))
            .map(Strays.Sent::text)
            .toList();
  }

  List<Finding> check() {
    return List.of(allAreDead(), noOthersAreDead(), allAreShown());
  }

  private Finding allAreDead() {
    var dead = new HashSet<>(strays.dead());
    var offenders = due.stream().filter(text -> !dead.contains(text)).toList();
    int wiped = strays.sent().size() - due.size();
    return new Finding(
        "messages that are no jobs are dead letters",
        due.size(),
        offenders,
        wiped + " others were wiped with the broker, or never confirmed");
  }

  private Finding noOthersAreDead() {
    Set<String> sent = strays.sent().stream().map(Strays.Sent::text).collect(Collectors.toSet());
    var offenders = strays.dead().stream().filter(text -> !sent.contains(text)).toList();
    return Finding.of("no job is a dead letter", strays.dead().size(), offenders);
  }

  private Finding allAreShown() {
    var offenders = new ArrayList<String>();
    if (strays.counted() < due.size()) {
      offenders.add(strays.counted() + " are counted, and " + due.size() + " were sent");
    }
    // Only the newest are kept.
    if (strays.counted() == strays.shown().size()) {
      var shown = new HashSet<>(strays.shown());
      due.stream().filter(text -> !shown.contains(text)).forEach(offenders::add);
    }
    return Finding.of("messages that are no jobs are shown and counted", due.size(), offenders);
  }
}
