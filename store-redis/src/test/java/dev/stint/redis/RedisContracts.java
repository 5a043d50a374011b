package dev.stint.redis;

import dev.stint.job.ClaimContract;
import dev.stint.job.ConcurrencyContract;
import dev.stint.job.JobRepositoryContract;
import dev.stint.job.JournalContract;
import dev.stint.job.OutboxContract;
import dev.stint.job.PruningContract;
import dev.stint.job.QueriesContract;
import dev.stint.job.RescueContract;
import dev.stint.job.StoreContract.Repositories;
import dev.stint.job.SubmitContract;
import dev.stint.worker.DeadLetters;
import dev.stint.worker.DeadLettersContract;
import dev.stint.worker.WorkerRegistry;
import dev.stint.worker.WorkerRegistryContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Every contract, to be passed by a store on whatever a subclass starts. */
abstract class RedisContracts {
  private final TestStore store;

  RedisContracts(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void empty() {
    store.empty();
  }

  @Nested
  class Moves extends JobRepositoryContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Claims extends ClaimContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Submissions extends SubmitContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Queries extends QueriesContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Outboxes extends OutboxContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Journals extends JournalContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Pruning extends PruningContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Rescues extends RescueContract {
    @Override
    protected Repositories store() {
      return store.repositories();
    }
  }

  @Nested
  class Workers extends WorkerRegistryContract {
    @Override
    protected WorkerRegistry registry() {
      return store.store().workers();
    }
  }

  @Nested
  class Letters extends DeadLettersContract {
    @Override
    protected DeadLetters letters() {
      return store.store().deadLetters();
    }
  }
}
