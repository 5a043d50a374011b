package dev.stint.upkeep;

import dev.stint.job.JobSurvey;
import dev.stint.job.JobSurvey.Spot;
import dev.stint.job.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Finds running jobs that nobody runs: their worker is gone, or does not hold them any more. The
 * broker gives such a job to another worker at once, by itself; what is found here is what it has
 * not given to anyone for long. For one thread.
 */
final class LostRuns {
  /** Between the two looks at a job whose worker lives and does not hold it. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  /**
   * Between the two looks at a job whose worker is silent. It may be cut off from Redis only, and
   * would finish the job when it is back.
   */
  static final Duration LONG_PATIENCE = Duration.ofSeconds(30);

  private final JobSurvey survey;
  private final LongSupplier nanoTime;
  private final Notes<Sighting.Running> notes = new Notes<>();
  private Spot spot = Spot.START;

  LostRuns(JobSurvey survey, LongSupplier nanoTime) {
    this.survey = survey;
    this.nanoTime = nanoTime;
  }

  void forget() {
    notes.clear();
  }

  /** Says what is lost for all that can be seen, at most so much, and looks at some more. */
  List<Sighting.Running> find(Roll roll, int most) {
    notes.drop(roll.at(), note -> roll.holds(note.seen().worker(), note.seen().id()));
    var lost = notes.take(most, note -> isLost(note, roll));
    if (!notes.isFull()) {
      var stretch = survey.running(spot, most);
      long now = nanoTime.getAsLong();
      stretch.seen().stream()
          .filter(seen -> !roll.holds(seen.worker(), seen.id()))
          .forEach(seen -> notes.add(seen, now));
      spot = stretch.next();
    }
    return lost;
  }

  private static boolean isLost(Notes.Note<Sighting.Running> note, Roll roll) {
    long age = roll.at() - note.at();
    var worker = note.seen().worker();
    return roll.isAlive(worker)
        ? age >= PATIENCE.toNanos() && roll.hasToldSince(worker, note.at())
        : age >= LONG_PATIENCE.toNanos();
  }
}
