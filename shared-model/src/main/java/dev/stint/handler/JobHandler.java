package dev.stint.handler;

/**
 * Runs the jobs of a task. A bean with {@code @Identifier("name")}, named in the catalogue as
 * {@code bean: name}.
 *
 * <p>Called on a virtual thread of its own for each attempt, by many at once. A handler that has to
 * stop (timeout, cancel, end of a drain) is interrupted: blocking calls throw, loops should look at
 * {@code Thread.interrupted()}. A job can run more than once, when its worker is lost in the
 * middle: {@link JobContext#jobId} is the same then.
 */
@FunctionalInterface
public interface JobHandler {
  /**
   * Does the work. Whatever is thrown is a failure that may be retried; to refuse retrying, answer
   * {@link Outcome.Rejected}.
   */
  Outcome handle(JobContext context) throws Exception;
}
