package dev.stint.work;

/** Why a running handler is told to stop. */
enum StopReason {
  TIMEOUT,
  CANCELLED,
  DRAINED,
  CONNECTION_LOST
}
