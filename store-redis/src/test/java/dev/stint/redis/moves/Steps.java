package dev.stint.redis.moves;

import static net.jqwik.api.Arbitraries.frequencyOf;
import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Arbitraries.of;

import dev.stint.redis.moves.Cast.Which;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Any sequence of steps, with more of those that lead somewhere. */
final class Steps {
  private static final int LONGEST = 100;
  private static final int DAY = 86_400_000;

  private Steps() {}

  static Arbitrary<List<Step>> any() {
    return step()
        .list()
        .ofMinSize(1)
        .ofMaxSize(LONGEST)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Step> step() {
    return frequencyOf(
        Tuple.of(16, submit()),
        Tuple.of(
            32, Combinators.combine(job(), which(), integers().between(1, 3)).as(Step.Claim::new)),
        Tuple.of(32, Combinators.combine(job(), which(), of(Step.End.class)).as(Step.Finish::new)),
        Tuple.of(4, job().map(Step.Cancel::new)),
        Tuple.of(10, job().map(Step.Requeue::new)),
        Tuple.of(4, Combinators.combine(job(), which()).as(Step.Restore::new)),
        Tuple.of(8, Combinators.combine(job(), which()).as(Step.Confirm::new)),
        Tuple.of(4, Combinators.combine(job(), which()).as(Step.RescueQueued::new)),
        Tuple.of(4, Combinators.combine(job(), which()).as(Step.RescueRunning::new)),
        Tuple.of(7, most().map(Step.Promote::new)),
        Tuple.of(7, Combinators.combine(times(0, 1, 5_000), most()).as(Step.Relay::new)),
        Tuple.of(4, most().map(Step.Prune::new)),
        Tuple.of(
            4, Combinators.combine(job(), which(), integers().between(1, 3)).as(Step.Log::new)),
        Tuple.of(8, Combinators.combine(job(), which(), of(0.25, 0.5)).as(Step.Progress::new)),
        Tuple.of(1, just(new Step.Ask())),
        Tuple.of(1, just(new Step.Forget())),
        Tuple.of(8, times(1, 5_001, 10_000, 10_000, DAY + 1, 15 * DAY).map(Step.Pass::new)));
  }

  private static Arbitrary<Step> submit() {
    return Combinators.combine(
            job(),
            integers().between(1, 3),
            frequencyOf(Tuple.of(2, times(0)), Tuple.of(1, times(1, 10_000))),
            frequencyOf(Tuple.of(2, just(0)), Tuple.of(1, integers().between(1, 2))),
            integers().between(1, 2))
        .as(Step.Submit::new);
  }

  private static Arbitrary<Integer> job() {
    return integers().between(0, Cast.JOBS - 1);
  }

  private static Arbitrary<Integer> most() {
    return of(10, 1, 2);
  }

  /** Mostly the last one, or nothing would ever happen. */
  private static Arbitrary<Which> which() {
    return Arbitraries.frequency(
        Tuple.of(16, Which.LAST),
        Tuple.of(2, Which.BEFORE),
        Tuple.of(1, Which.FIRST),
        Tuple.of(1, Which.FOREIGN));
  }

  private static Arbitrary<Duration> times(Integer... millis) {
    return of(millis).map(Duration::ofMillis);
  }
}
