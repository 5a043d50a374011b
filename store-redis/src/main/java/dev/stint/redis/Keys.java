package dev.stint.redis;

import dev.stint.job.JobId;
import dev.stint.job.Partitions;
import dev.stint.job.Publication;
import dev.stint.job.StateName;
import dev.stint.lane.Lane;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of keys, where they are not made in a script. Every key begins with its partition,
 * whose braces make it a hash tag: all keys of a partition are on one node of a Redis Cluster.
 */
final class Keys {
  static final String WORKERS = "stint:{workers}:";

  private static final String[] PARTITIONS =
      IntStream.range(0, JobId.MAX_PARTITIONS)
          .mapToObj("stint:{p%03d}:"::formatted)
          .toArray(String[]::new);

  private Keys() {}

  static String partition(int number) {
    return PARTITIONS[number];
  }

  static String partition(JobId id) {
    return partition(id.partition());
  }

  /** The names of all partitions, in order. */
  static List<String> partitions(Partitions partitions) {
    return List.of(PARTITIONS).subList(0, partitions.count());
  }

  static String job(JobId id) {
    return partition(id) + "job:" + id;
  }

  static String log(JobId id) {
    return partition(id) + "log:" + id;
  }

  static String lanes(String partition) {
    return partition + "lanes";
  }

  static String index(String partition, String lane, StateName state) {
    return partition + "ix:" + lane + ":" + state.wire();
  }

  static String totals(String partition) {
    return partition + "totals";
  }

  static String due(String partition) {
    return partition + "due";
  }

  static String ended(String partition) {
    return partition + "ended";
  }

  static String outbox(String partition) {
    return partition + "outbox";
  }

  static String outboxEntry(Publication publication) {
    return publication.spec().id() + ":" + publication.ticket();
  }

  static String cancels(String partition) {
    return partition + "cancels";
  }

  /** A lane as it stands in records and indexes; neither name can hold a colon. */
  static String lane(String queue, String task) {
    return queue + ":" + task;
  }

  static Lane lane(String name) {
    int colon = name.indexOf(':');
    return new Lane(name.substring(0, colon), name.substring(colon + 1));
  }
}
