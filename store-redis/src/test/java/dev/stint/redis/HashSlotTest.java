package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against figures of the specification of Redis Cluster; a real cluster is asked elsewhere. */
class HashSlotTest {
  @ParameterizedTest
  @CsvSource({"123456789, 12739", "'', 0"})
  void slots_are_those_of_the_specification(String key, int slot) {
    assertThat(HashSlot.of(key)).isEqualTo(slot);
  }

  @ParameterizedTest
  @CsvSource({
    "{user1000}.following, user1000",
    "a{user1000}{other}b, user1000",
    "a{{bar}}b, {bar",
  })
  void only_the_hash_tag_counts(String key, String tag) {
    assertThat(HashSlot.of(key)).isEqualTo(HashSlot.of(tag));
  }

  @ParameterizedTest
  @CsvSource({"foo{}{bar}, foo", "foo{bar, foo"})
  void a_key_without_a_hash_tag_counts_as_a_whole(String key, String part) {
    assertThat(HashSlot.of(key)).isNotEqualTo(HashSlot.of(part));
  }
}
