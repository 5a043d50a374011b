package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.handler.Outcome;
import dev.stint.job.StateName;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a heartbeat lists: a job from before its claim until its last move has landed. */
class HoldTest extends ExecutorBench {
  @AfterEach
  void thaw() {
    redis.thaw();
  }

  @Test
  void a_job_is_held_before_the_store_has_answered_the_claim() throws Exception {
    var job = submit();
    var delivery = hand(job);
    redis.freeze();

    var thread = Thread.startVirtualThread(() -> executor(_ -> Outcome.done()).run(LANE, delivery));
    await().until(() -> running.ids().equals(List.of(job.spec().id().value())));
    assertThat(running.held()).isEmpty();
    redis.thaw();

    thread.join();
    assertThat(running.ids()).isEmpty();
    assertThat(delivery.settled).containsExactly("accepted");
  }

  @Test
  void a_job_is_held_while_its_last_move_waits_for_the_store() throws Exception {
    var job = submit();
    var delivery = hand(job);
    var frozen = new CountDownLatch(1);

    var thread =
        Thread.startVirtualThread(() ->
            executor(
                    _ -> {
                      redis.freeze();
                      frozen.countDown();
                      return Outcome.done();
                    })
                .run(LANE, delivery));
    frozen.await();
    await().until(() -> running.held().isEmpty());
    assertThat(running.ids()).containsExactly(job.spec().id().value());
    assertThat(delivery.settled).isEmpty();
    redis.thaw();

    thread.join();
    assertThat(running.ids()).isEmpty();
    assertThat(job(job).state().name()).isEqualTo(StateName.SUCCEEDED);
  }
}
