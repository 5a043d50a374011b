package dev.stint.job;

import org.jspecify.annotations.Nullable;

/** Which jobs to list; null does not restrict. */
public record JobFilter(@Nullable StateName state, @Nullable String task, @Nullable String queue) {
  public static final JobFilter ALL = new JobFilter(null, null, null);
}
