package dev.stint.redis;

import dev.stint.job.Outbox;
import dev.stint.job.Publication;
import dev.stint.job.StoreUnavailableException;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outbox, with confirmations gathered for a moment and removed together. */
final class RedisOutbox implements Outbox, AutoCloseable {
  private static final int LARGEST_FLUSH = 256;
  private static final long FLUSH_MILLIS = 5;
  private static final Logger LOG = System.getLogger(RedisOutbox.class.getName());

  private static final Instant ALL = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Calls calls;
  private final AllPartitions partitions;
  private final Vertx vertx;

  private Map<String, Request> confirmed = new HashMap<>(); // by partition; guarded by this
  private int count; // of entries in them; guarded by this

  RedisOutbox(Calls calls, AllPartitions partitions, Vertx vertx) {
    this.calls = calls;
    this.partitions = partitions;
    this.vertx = vertx;
  }

  @Override
  public void confirmed(Publication publication) {
    var partition = Keys.partition(publication.spec().id());
    int gathered;
    synchronized (this) {
      confirmed.computeIfAbsent(partition, RedisOutbox::removal).arg(Keys.outboxEntry(publication));
      gathered = ++count;
    }
    if (gathered == LARGEST_FLUSH) {
      flush();
    } else if (gathered == 1) {
      vertx.setTimer(FLUSH_MILLIS, _ -> flush());
    }
  }

  @Override
  public List<Publication> overdue(Instant madeBefore, Instant now, int most) {
    return partitions.publications(
        most,
        Keys::outbox,
        // All that is there: some may be from a time that a clock has left again.
        ALL,
        (partition, left) ->
            Script.OUTBOX_OVERDUE
                .in(partition)
                .arg(madeBefore.toEpochMilli())
                .arg(now.toEpochMilli())
                .arg(left));
  }

  @Override
  public long size() {
    return partitions
        .each(partition -> Request.cmd(Command.ZCARD).arg(Keys.outbox(partition)))
        .stream()
        .mapToLong(Answers::number)
        .sum();
  }

  /** Sends what has gathered, so that a process that leaves makes no work for the relay. */
  @Override
  public void close() {
    try {
      calls.all(taken());
    } catch (StoreUnavailableException e) {
      LOG.log(Level.DEBUG, "confirmations are left to the relay", e);
    }
  }

  private void flush() {
    calls.send(taken());
  }

  private synchronized List<Addressed> taken() {
    var removals =
        confirmed.entrySet().stream()
            .map(entry -> new Addressed(entry.getKey(), entry.getValue()))
            .toList();
    confirmed = new HashMap<>();
    count = 0;
    return removals;
  }

  private static Request removal(String partition) {
    return Request.cmd(Command.ZREM).arg(Keys.outbox(partition));
  }
}
