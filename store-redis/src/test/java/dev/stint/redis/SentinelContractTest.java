package dev.stint.redis;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The master that sentinels name passes every contract. */
class SentinelContractTest extends RedisContracts {
  @RegisterExtension static final TestStore STORE = new TestStore(8, RedisSentinels::start);

  SentinelContractTest() {
    super(STORE);
  }
}
