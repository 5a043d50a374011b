package dev.stint.redis.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.Moved;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisSettings;
import dev.stint.redis.RedisStore;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever several producers and workers do, in whatever order, the scripts do what the model says.
 * {@code -Djqwik.tries.default=N} tries N sequences for each property.
 */
class MovesTest {
  private static Vertx vertx;
  private static RedisProcess redis;
  private static RedisStore store;

  @BeforeContainer
  static void start() {
    vertx = Vertx.vertx();
    redis = RedisProcess.start();
    store = RedisStore.open(vertx, RedisSettings.of(redis.url()));
  }

  @AfterContainer
  static void stop() {
    try (var _ = redis) {
      store.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Steps.any();
  }

  @Property
  void every_sequence_of_moves_does_what_the_model_says(@ForAll("steps") List<Step> steps) {
    new Play(store, redis).take(steps);
  }

  @Property
  void a_right_that_a_later_claim_took_changes_nothing(@ForAll("steps") List<Step> steps) {
    var play = new Play(store, redis);
    play.take(steps);

    var last = new HashMap<JobId, Held>();
    play.cast().rights().forEach(held -> last.put(held.id(), held));
    var before = play.photographer().keys();
    for (Held stale : play.cast().rights()) {
      if (!stale.equals(last.get(stale.id()))) {
        for (Step.End end : Step.End.values()) {
          assertThat(Step.Finish.end(play.real(), play.cast(), stale, end))
              .isNotInstanceOf(Moved.Applied.class);
        }
        play.real().journal().log(stale, List.of("late"));
        play.real().journal().progress(stale, 0.9);
        play.photographer().awaitCallsOf(stale.id());
      }
    }
    assertThat(play.photographer().keys()).isEqualTo(before);
  }

  @Property
  void a_result_stays_until_its_job_is_requeued(@ForAll("steps") List<Step> steps) {
    var play = new Play(store, redis);
    for (Step step : steps) {
      var before = play.photographer().results();
      play.take(step);
      if (!step.mayTakeResults()) {
        assertThat(play.photographer().results()).as("after %s", step).containsAllEntriesOf(before);
      }
    }
  }

  @Property
  void at_most_one_of_all_that_ever_held_a_job_can_end_it(
      @ForAll("steps") List<Step> steps, @ForAll Random order) {
    var play = new Play(store, redis);
    play.take(steps);

    var rights = new ArrayList<>(play.cast().rights());
    Collections.shuffle(rights, order);
    var ended = new HashSet<JobId>();
    for (Held held : rights) {
      var moved = Step.Finish.end(play.real(), play.cast(), held, Step.End.COMPLETE);
      if (moved instanceof Moved.Applied) {
        assertThat(ended.add(held.id())).as("%s is ended once", held.id()).isTrue();
      }
    }
  }

  @Property
  void tokens_and_tickets_of_a_job_only_grow(@ForAll("steps") List<Step> steps) {
    var play = new Play(store, redis);
    Map<String, Picture.Kept> before = Map.of();
    for (Step step : steps) {
      play.take(step);
      var after = play.photographer().picture().jobs();
      var tokens = play.cast().rights().stream().map(h -> h.id() + " " + h.token()).toList();
      assertThat(tokens).as("after %s", step).doesNotHaveDuplicates();
      before.forEach((id, job) -> {
        if (after.containsKey(id)) {
          assertThat(after.get(id).token())
              .as("after %s", step)
              .isGreaterThanOrEqualTo(job.token());
          assertThat(after.get(id).ticket())
              .as("after %s", step)
              .isGreaterThanOrEqualTo(job.ticket());
        }
      });
      before = after;
    }
  }
}
