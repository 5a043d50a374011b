package dev.stint.redis.moves;

import dev.stint.job.Outbox;
import dev.stint.job.Publication;
import java.time.Instant;
import java.util.List;

/** The outbox of a store, with confirmations that are not gathered but sent at once. */
record PromptOutbox(Outbox outbox) implements Outbox {
  @Override
  public void confirmed(Publication publication) {
    outbox.confirmed(publication);
    try {
      ((AutoCloseable) outbox).close(); // sends what has gathered, and can be used on
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Publication> overdue(Instant madeBefore, Instant now, int most) {
    return outbox.overdue(madeBefore, now, most);
  }

  @Override
  public long size() {
    return outbox.size();
  }
}
