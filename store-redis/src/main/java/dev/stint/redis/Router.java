package dev.stint.redis;

import java.util.List;

/** Brings calls to the servers that have their partitions. Safe for many threads. */
interface Router extends AutoCloseable {
  /** Makes a call, to be sent by this router. */
  Call call(Addressed addressed, int turn);

  /** Sends calls that this router has made. Those to one server keep their order. */
  void send(List<Call> calls);

  /** One partition on each server that is in use, as far as these are known. */
  List<String> onePartitionEach();

  @Override
  void close();
}
