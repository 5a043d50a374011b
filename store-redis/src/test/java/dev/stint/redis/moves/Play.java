package dev.stint.redis.moves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.JobId;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One sequence of steps, taken in an empty store and by the model. */
final class Play {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PROMPT = Duration.ofSeconds(5);

  private final Cast cast = new Cast();
  private final Set<JobId> used = new HashSet<>();
  private final Shelf shelf = new Shelf();
  private final Doors expected = Doors.of(shelf);
  private final Doors real;
  private final Photographer photographer;

  Play(RedisStore store, RedisProcess redis) {
    redis.empty();
    real = Doors.of(store, redis);
    photographer = new Photographer(redis, store);
  }

  Cast cast() {
    return cast;
  }

  Doors real() {
    return real;
  }

  Photographer photographer() {
    return photographer;
  }

  /** Takes a step, and compares the answers and what there is afterwards. */
  void take(Step step) {
    prepare(step);
    var answer = step.at(real, cast);
    assertThat(answer).as("the answer to %s", step).isEqualTo(step.at(expected, cast));
    cast.hear(answer);
    settle(step);
    if (step instanceof Step.Confirm) {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(PROMPT)
          .untilAsserted(() -> compare(step));
    } else {
      compare(step);
    }
  }

  /** Nobody submits an id again whose job is gone. */
  private void prepare(Step step) {
    switch (step) {
      case Step.Submit submit -> {
        if (shelf.find(cast.id(submit.job())) == null && !used.add(cast.id(submit.job()))) {
          cast.rename(submit.job());
          used.add(cast.id(submit.job()));
        }
      }
      case Step.Restore restore ->
          used.add(cast.message(restore.job(), restore.message()).spec().id());
      default -> {}
    }
  }

  /** Lets time pass; and waits for what nobody waits for, since calls of a job keep their order. */
  private void settle(Step step) {
    switch (step) {
      case Step.Pass(var time) -> cast.pass(time);
      case Step.Forget _ -> cast.pass(PAUSE);
      case Step.Log log -> photographer.awaitCallsOf(cast.right(log.job(), log.right()).id());
      case Step.Progress progress ->
          photographer.awaitCallsOf(cast.right(progress.job(), progress.right()).id());
      default -> {}
    }
  }

  private void compare(Step step) {
    var picture = photographer.picture();
    var model = shelf.picture();
    assertThat(picture.jobs()).as("the jobs after %s", step).isEqualTo(model.jobs());
    assertThat(picture).as("all but the jobs after %s", step).isEqualTo(model);
  }

  void take(List<Step> steps) {
    steps.forEach(this::take);
  }
}
