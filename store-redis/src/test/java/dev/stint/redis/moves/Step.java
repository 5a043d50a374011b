package dev.stint.redis.moves;

import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.IdempotencyKey;
import dev.stint.job.Sighting;
import dev.stint.redis.moves.Cast.Which;
import java.time.Duration;
import java.util.List;

/**
 * Something that a producer, a worker, a client or the world does. It is plain data: it shrinks.
 */
sealed interface Step {
  /** Does it, and gives the answer. */
  Object at(Doors store, Cast cast);

  /** Whether a job may have a result before it, and no more after it. */
  default boolean mayTakeResults() {
    return false;
  }

  /**
   * A client posts a job.
   *
   * @param key 0 for none
   */
  record Submit(int job, int maxAttempts, Duration delay, int key, int print) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      var spec = cast.spec(job, maxAttempts, delay);
      return store
          .jobs()
          .submit(spec, key == 0 ? null : new IdempotencyKey("key-" + key, "print-" + print));
    }
  }

  record Promote(int most) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return store.jobs().promote(cast.now(), most);
    }
  }

  /** A worker gets a message, new or again. */
  record Claim(int job, Which message, int worker) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      var delivered = cast.message(job, message);
      return store
          .jobs()
          .claim(delivered.spec().id(), delivered.ticket(), "worker-" + worker, cast.now());
    }
  }

  record Restore(int job, Which message) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return store.jobs().restore(cast.message(job, message), cast.now());
    }
  }

  /** How a worker ends what it runs, or believes to run. */
  enum End {
    COMPLETE,
    COMPLETE_WITHOUT_RESULT,
    RETRY_LATER,
    GIVE_UP,
    GIVE_BACK,
    CANCEL
  }

  record Finish(int job, Which right, End end) implements Step {
    private static final Failure FAILURE = Failure.of(FailureKind.ERROR, "it \"broke\"");

    @Override
    public Object at(Doors store, Cast cast) {
      return end(store, cast, cast.right(job, right), end);
    }

    static Object end(Doors store, Cast cast, dev.stint.job.Held held, End end) {
      var now = cast.now();
      return switch (end) {
        case COMPLETE -> store.jobs().complete(held, String.valueOf(held.token()), now);
        case COMPLETE_WITHOUT_RESULT -> store.jobs().complete(held, null, now);
        case RETRY_LATER -> store.jobs().retryLater(held, FAILURE, now.plusSeconds(10), now);
        case GIVE_UP -> store.jobs().giveUp(held, FAILURE, now);
        case GIVE_BACK -> store.jobs().giveBack(held, now);
        case CANCEL -> store.jobs().cancel(held.id(), held, now);
      };
    }
  }

  record Cancel(int job) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return store.jobs().cancel(cast.id(job), null, cast.now());
    }
  }

  record Requeue(int job) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return store.jobs().requeue(cast.id(job), cast.now());
    }

    @Override
    public boolean mayTakeResults() {
      return true;
    }
  }

  /** The reconciler has seen a job whose message is lost. */
  record RescueQueued(int job, Which message) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      var last = cast.message(job, message);
      var seen = new Sighting.Queued(last.spec().id(), last.spec().lane(), last.ticket());
      return store.jobs().rescue(seen, cast.now());
    }
  }

  /** The reconciler has seen a job whose worker is lost. */
  record RescueRunning(int job, Which right) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      var held = cast.right(job, right);
      return store
          .jobs()
          .rescue(new Sighting.Running(held.id(), "worker-1", held.token()), cast.now());
    }
  }

  record Relay(Duration age, int most) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return store.outbox().overdue(cast.now().minus(age), cast.now(), most);
    }
  }

  record Confirm(int job, Which message) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      store.outbox().confirmed(cast.message(job, message));
      return "not awaited";
    }
  }

  record Prune(int most) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return store.pruning().prune(cast.now(), most);
    }

    @Override
    public boolean mayTakeResults() {
      return true;
    }
  }

  record Log(int job, Which right, int lines) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      store.journal().log(cast.right(job, right), List.of("one", "two", "three").subList(0, lines));
      return "not awaited";
    }
  }

  record Progress(int job, Which right, double fraction) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      store.journal().progress(cast.right(job, right), fraction);
      return "not awaited";
    }
  }

  /** Workers ask which of their jobs they are to stop. */
  record Ask() implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return store.journal().cancelling(List.of(cast.id(0), cast.id(1)));
    }
  }

  /** Redis loses all it has; to start it again takes a while. */
  record Forget() implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      store.forget().run();
      return "nothing";
    }

    @Override
    public boolean mayTakeResults() {
      return true;
    }
  }

  record Pass(Duration time) implements Step {
    @Override
    public Object at(Doors store, Cast cast) {
      return "nothing";
    }
  }
}
