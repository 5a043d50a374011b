package dev.stint.redis;

import dev.stint.job.StoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One Redis passes every contract. */
class RedisContractTest extends RedisContracts {
  @RegisterExtension static final TestStore STORE = new TestStore(StoreContract.PARTITIONS);

  RedisContractTest() {
    super(STORE);
  }
}
