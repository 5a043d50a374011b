package dev.stint.redis;

import org.junit.jupiter.api.extension.RegisterExtension;

/** One Redis with many partitions passes every contract. */
class PartitionsContractTest extends RedisContracts {
  @RegisterExtension static final TestStore STORE = new TestStore(8);

  PartitionsContractTest() {
    super(STORE);
  }
}
