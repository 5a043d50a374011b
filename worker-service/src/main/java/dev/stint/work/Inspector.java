package dev.stint.work;

import dev.stint.job.Publication;
import dev.stint.job.StoreUnavailableException;
import dev.stint.lane.Lane;
import dev.stint.worker.DeadLetter;
import dev.stint.worker.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what comes in: jobs may pass, anything else goes to the dead letters, and is counted and
 * noted where people can see it. For any thread that may block.
 */
public final class Inspector {
  private static final Logger LOG = Logger.getLogger(Inspector.class);

  private static final byte[] NOTHING = {};

  /** No character has more. */
  private static final int MOST_BYTES_OF_A_CHAR = 4;

  private final String worker;
  private final DeadLetters deadLetters;
  private final StoreCalls store;
  private final Tally tally;
  private final InstantSource clock;

  /**
   * @param worker id of this worker
   */
  Inspector(
      String worker, DeadLetters deadLetters, StoreCalls store, Tally tally, InstantSource clock) {
    this.worker = worker;
    this.deadLetters = deadLetters;
    this.store = store;
    this.tally = tally;
    this.clock = clock;
  }

  /** The job in a delivery; null if there is none for this lane, and the delivery is settled. */
  @Nullable Publication job(Lane lane, Delivery delivery) {
    try {
      var job = delivery.job();
      if (job.spec().isFor(lane)) {
        return job;
      }
      refuse(
          "the job is for " + job.spec().queue() + "/" + job.spec().task() + ", not " + lane,
          lane,
          delivery);
    } catch (IllegalArgumentException e) {
      refuse("not a job: " + e.getMessage(), lane, delivery);
    }
    return null;
  }

  private void refuse(String why, Lane lane, Delivery delivery) {
    LOG.warnf("message dead-lettered lane=%s why=%s", lane, why);
    var letter = letter(why, lane, delivery.body());
    var patient = store.aWhile();
    var noted = store.untilAnswered("note", () -> added(letter), patient);
    if (noted.isPresent()) {
      tally.rejected();
      delivery.reject(why);
    } else {
      // Nobody would see that it came. It comes again, to a worker that reaches the store.
      delivery.release();
    }
  }

  /** Counts, and keeps if the store is there, what the broker has as a dead letter already. */
  public void note(String why, Lane lane) {
    LOG.warnf("message dead-lettered lane=%s why=%s", lane, why);
    tally.rejected();
    try {
      deadLetters.add(letter(why, lane, NOTHING));
    } catch (StoreUnavailableException e) {
      // The message itself is safe with the broker; only the note of it is missing.
      LOG.warnf("dead letter could not be noted lane=%s cause=%s", lane, e.getMessage());
    }
  }

  private boolean added(DeadLetter letter) {
    deadLetters.add(letter);
    return true;
  }

  private DeadLetter letter(String why, Lane lane, byte[] body) {
    var start =
        Arrays.copyOf(body, Math.min(body.length, DeadLetter.MAX_TEXT * MOST_BYTES_OF_A_CHAR));
    var text = new String(start, StandardCharsets.UTF_8);
    return new DeadLetter(clock.instant(), lane.toString(), worker, why, text);
  }
}
