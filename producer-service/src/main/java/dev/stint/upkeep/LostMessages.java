package dev.stint.upkeep;

import dev.stint.job.JobSurvey;
import dev.stint.job.JobSurvey.Spot;
import dev.stint.job.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Finds queued jobs whose message the broker has lost: it had confirmed it, and afterwards a worker
 * with credit for the lane was sent nothing. With a backlog no lane is empty, and nothing is found.
 * For one thread.
 */
final class LostMessages {
  /**
   * Between the two looks: longer than a worker takes to notice that its connection is dead, on
   * which nothing comes either. It takes back then what it said of its lanes.
   */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final JobSurvey survey;
  private final LongSupplier nanoTime;
  private final Notes<Sighting.Queued> notes = new Notes<>();
  private Spot spot = Spot.START;

  LostMessages(JobSurvey survey, LongSupplier nanoTime) {
    this.survey = survey;
    this.nanoTime = nanoTime;
  }

  void forget() {
    notes.clear();
  }

  /** Says what is lost for all that can be seen, at most so much, and looks at some more. */
  List<Sighting.Queued> find(Roll roll, int most) {
    notes.drop(roll.at(), note -> roll.isHeld(note.seen().id()));
    var lost = notes.take(most, note -> isLost(note, roll));
    if (!roll.lanesSeenEmpty().isEmpty() && !notes.isFull()) {
      var stretch = survey.queued(roll.lanesSeenEmpty(), spot, most);
      long now = nanoTime.getAsLong();
      stretch.seen().stream()
          .filter(seen -> !roll.isHeld(seen.id()))
          .forEach(seen -> notes.add(seen, now));
      spot = stretch.next();
    }
    return lost;
  }

  private static boolean isLost(Notes.Note<Sighting.Queued> note, Roll roll) {
    var emptyAt = roll.emptyAt(note.seen().lane());
    return roll.at() - note.at() >= PATIENCE.toNanos()
        && emptyAt != null
        && emptyAt - note.at() >= 0;
  }
}
