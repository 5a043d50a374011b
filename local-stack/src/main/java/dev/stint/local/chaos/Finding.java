package dev.stint.local.chaos;

import java.util.List;

/**
 * Whether something holds.
 *
 * @param rule that has to hold
 * @param looked how many things were looked at
 * @param offenders what broke it, each with the reason
 * @param note what else is worth knowing; may be empty
 */
record Finding(String rule, long looked, List<String> offenders, String note) {
  Finding {
    offenders = List.copyOf(offenders);
  }

  static Finding of(String rule, long looked, List<String> offenders) {
    return new Finding(rule, looked, offenders, "");
  }

  boolean holds() {
    return offenders.isEmpty();
  }
}
