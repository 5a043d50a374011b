package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Callers at once: what one gets, no other gets. */
public abstract class ConcurrencyContract extends StoreContract {
  private static final int CALLERS = 8;
  private static final int JOBS = 200;

  @Test
  void of_many_workers_that_claim_a_job_one_gets_it() throws Exception {
    for (int i = 0; i < 50; i++) {
      var publication = submitted(spec());
      var claims = new ConcurrentLinkedQueue<Claim>();
      all(caller -> {
        // Each has a ticket of its own, as with so many publications of the same job.
        claims.add(jobs().claim(publication.spec().id(), 10 + caller, "worker-" + caller, now));
      });

      assertThat(claims).filteredOn(Claim.Claimed.class::isInstance).hasSize(1);
      assertThat(claims)
          .filteredOn(new Claim.Stale(StateName.RUNNING)::equals)
          .hasSize(CALLERS - 1);
    }
  }

  @Test
  void a_job_is_ended_once_by_whoever_is_first() throws Exception {
    for (int i = 0; i < 50; i++) {
      var held = aRunningJob();
      var applied = new ConcurrentLinkedQueue<Moved>();
      all(caller ->
          applied.add(
              caller % 2 == 0
                  ? jobs().complete(held, "1", now)
                  : jobs().giveUp(held, FAILURE, now)));

      assertThat(applied).filteredOn(Moved::applied).hasSize(1);
    }
  }

  @Test
  void a_due_job_is_promoted_by_one_caller() throws Exception {
    for (int i = 0; i < JOBS; i++) {
      jobs().submit(specDueIn(Duration.ofSeconds(1)), null);
    }
    pass(Duration.ofSeconds(1));

    assertThat(taken(() -> jobs().promote(now, 10))).hasSize(JOBS).doesNotHaveDuplicates();
  }

  @Test
  void an_overdue_publication_is_taken_by_one_caller() throws Exception {
    for (int i = 0; i < JOBS; i++) {
      submitted(spec("default", "square", i % PARTITIONS));
    }
    pass(Duration.ofMinutes(1));

    assertThat(taken(() -> store().outbox().overdue(now, now, 10)))
        .hasSize(JOBS)
        .doesNotHaveDuplicates();
  }

  @Test
  void of_many_requests_with_one_key_one_makes_a_job() throws Exception {
    var key = new IdempotencyKey("order-1", "print");
    var specs = IntStream.range(0, CALLERS).mapToObj(_ -> spec()).toList();
    var answers = new ConcurrentLinkedQueue<Submission>();
    all(caller -> answers.add(jobs().submit(specs.get(caller), key)));

    assertThat(answers).filteredOn(Submission.Queued.class::isInstance).hasSize(1);
    assertThat(answers)
        .filteredOn(Submission.Duplicate.class::isInstance)
        .hasSize(CALLERS - 1)
        .containsOnly(
            answers.stream().filter(Submission.Duplicate.class::isInstance).findAny().get());
  }

  /** All callers take until nothing is left; what they got together. */
  private static List<Publication> taken(Supplier<List<Publication>> source) throws Exception {
    var taken = new ConcurrentLinkedQueue<Publication>();
    all(_ -> {
      for (var some = source.get(); !some.isEmpty(); some = source.get()) {
        taken.addAll(some);
      }
    });
    return new ArrayList<>(taken);
  }

  private interface Caller {
    void run(int number);
  }

  private static void all(Caller caller) throws Exception {
    var start = new CyclicBarrier(CALLERS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, CALLERS)
              .<Callable<Void>>mapToObj(number ->
                  () -> {
                    start.await();
                    caller.run(number);
                    return null;
                  })
              .toList();
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
  }
}
