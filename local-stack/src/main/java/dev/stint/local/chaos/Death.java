package dev.stint.local.chaos;

/**
 * The end of a process that no fault had ended.
 *
 * @param name of the process
 */
record Death(String name, long pid, int exitCode) {
  /** The exit code of what SIGKILL has ended. */
  static final int KILLED = 137;

  @Override
  public String toString() {
    return name + " (" + pid + ") ended by itself, exit code " + exitCode;
  }
}
