package dev.stint.redis;

import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which master of a cluster has which slots. Immutable. */
final class SlotMap {
  private final @Nullable Address[] owners;

  private SlotMap(@Nullable Address[] owners) {
    this.owners = owners;
  }

  /**
   * Reads an answer to CLUSTER SLOTS.
   *
   * @param asked who gave it; a node that does not know its own name means this one
   */
  static SlotMap read(Response answer, Address asked) {
    var owners = new @Nullable Address[HashSlot.COUNT];
    for (Response range : answer) {
      var master = range.get(2);
      var host = master.get(0) == null ? "" : master.get(0).toString();
      var named = host.isEmpty() || host.equals("?") ? asked.host() : host;
      Arrays.fill(
          owners,
          (int) Answers.number(range.get(0)),
          (int) Answers.number(range.get(1)) + 1,
          new Address(named, (int) Answers.number(master.get(1))));
    }
    return new SlotMap(owners);
  }

  /** The same but for one slot. */
  SlotMap with(int slot, Address owner) {
    var changed = owners.clone();
    changed[slot] = owner;
    return new SlotMap(changed);
  }

  /** The master of a slot, if there is one. */
  @Nullable Address owner(int slot) {
    return owners[slot];
  }

  Set<Address> masters() {
    var masters = new LinkedHashSet<Address>();
    Arrays.stream(owners).filter(Objects::nonNull).forEach(masters::add);
    return masters;
  }
}
