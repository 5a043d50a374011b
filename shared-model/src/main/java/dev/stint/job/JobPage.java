package dev.stint.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list of jobs, newest first.
 *
 * @param next the last id of this page if there are more: go on after it
 */
public record JobPage(List<Job> jobs, @Nullable JobId next) {}
