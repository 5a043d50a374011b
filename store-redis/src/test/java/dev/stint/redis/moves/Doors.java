package dev.stint.redis.moves;

import dev.stint.job.JobJournal;
import dev.stint.job.JobPruning;
import dev.stint.job.JobRepository;
import dev.stint.job.Outbox;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisStore;

/** The ways in to change a job: of the real store and of the model they are the same. */
record Doors(
    JobRepository jobs, Outbox outbox, JobJournal journal, JobPruning pruning, Runnable forget) {

  static Doors of(RedisStore store, RedisProcess redis) {
    return new Doors(
        store.jobs(),
        new PromptOutbox(store.outbox()),
        store.journal(),
        store.pruning(),
        redis::empty);
  }

  static Doors of(Shelf shelf) {
    return new Doors(new Model(shelf), shelf, shelf, shelf, shelf::forget);
  }
}
