package dev.stint.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the credit of the free slots to the lanes, round robin, so that no message waits in this
 * worker while another could run it, and no slot waits for a lane that is empty.
 *
 * <p>A lane that has sent a message lately is <em>busy</em>: it is given credit only for slots that
 * are free and promised to no other busy lane. A busy lane that leaves its credit unused for {@link
 * #PATIENCE} is empty: it becomes <em>idle</em>. Idle lanes keep a share of the credit to listen
 * with, beyond what the slots could take, since most of them stay silent; the price is that a
 * message may come while no slot is free. Its lane's credit is then revoked, the message released,
 * and the lane is busy: it is next in turn when a slot gets free.
 *
 * <p>For one thread, the connection's event loop.
 */
public final class Credits {
  /**
   * How long credit of a busy lane may stay unused: some round trips to a broker nearby. Too short
   * and messages are released that met no free slot; too long and a slot idles so long each time a
   * lane runs empty while others are full.
   */
  public static final Duration PATIENCE = Duration.ofMillis(10);

  /** How often {@link #look} is to be called. */
  public static final Duration LOOK = Duration.ofSeconds(1);

  /** A lane that leaves its credit unused for so long had nothing to send when that began. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** So late a look means that this process stood still, and may have messages unread. */
  private static final Duration LATE = LOOK.multipliedBy(3);

  private final Slots slots;
  private final LongSupplier nanoTime;
  private final List<LaneCredit> lanes = new ArrayList<>();
  private int turn;
  private boolean paused;
  private long lookedAt;
  private boolean closed;

  public Credits(Slots slots, LongSupplier nanoTime) {
    this.slots = slots;
    this.nanoTime = nanoTime;
    this.lookedAt = nanoTime.getAsLong();
  }

  /** The credit of one lane. */
  public static final class LaneCredit {
    private final String task;
    private final LaneLink link;
    private int credit;
    private boolean busy;
    private long grantedAt;

    /** Since when there has been credit, and nothing came on it. */
    private long quietSince;

    /** By the nanosecond clock. */
    private volatile @Nullable Long emptyAt;

    private LaneCredit(String task, LaneLink link) {
      this.task = task;
      this.link = link;
    }

    private void add(int more, long now) {
      if (credit == 0) {
        quietSince = now;
      }
      credit += more;
    }

    /** When the lane was last known to be empty at the broker; null if never. For any thread. */
    public @Nullable Long emptyAt() {
      return emptyAt;
    }

    int credit() {
      return credit;
    }
  }

  /** Adds a lane, without credit yet. */
  public LaneCredit add(String task, LaneLink link) {
    var lane = new LaneCredit(task, link);
    lanes.add(lane);
    return lane;
  }

  /** A message came on this lane, and used up one credit. */
  public void arrived(LaneCredit lane) {
    lane.credit = Math.max(0, lane.credit - 1);
    lane.quietSince = nanoTime.getAsLong();
    lane.busy = true;
  }

  /** A message came that no slot could take: the lane gets no more until one is free. */
  public void refused(LaneCredit lane) {
    lane.credit = 0;
    lane.busy = true;
    lane.link.revoke();
  }

  /**
   * The lane's link was opened or lost: it has no credit. A connection may have been dead long
   * before that was noticed, so what seemed empty meanwhile need not have been.
   */
  public void reset(LaneCredit lane) {
    lane.credit = 0;
    lane.emptyAt = null;
  }

  /** Notes which lanes are empty: their credit is out, and nothing comes. */
  public void look() {
    long now = nanoTime.getAsLong();
    boolean late = now - lookedAt > LATE.toNanos();
    lookedAt = now;
    for (var lane : lanes) {
      if (late) {
        lane.quietSince = now;
      } else if (lane.credit > 0 && now - lane.quietSince >= QUIET.toNanos()) {
        lane.emptyAt = now - QUIET.toNanos();
      }
    }
  }

  /** Takes all credit back and gives none any more. */
  public void close() {
    closed = true;
    revokeAll();
  }

  /** Takes all credit back and gives none until {@link #resume}. */
  public void pause() {
    paused = true;
    revokeAll();
  }

  /** Credit may be given again, from the next {@link #rebalance} on. */
  public void resume() {
    paused = false;
  }

  private void revokeAll() {
    for (var lane : lanes) {
      lane.credit = 0;
      lane.link.revoke();
    }
  }

  /**
   * Gives credit for the slots that are free now. To be called after every change, and again after
   * {@link #PATIENCE} if it says so.
   *
   * @return whether credit of a busy lane is out, so that time alone may change the picture
   */
  public boolean rebalance() {
    if (closed || paused) {
      return false;
    }
    long now = nanoTime.getAsLong();
    int spare = slots.free();
    int idle = 0;
    for (var lane : lanes) {
      if (lane.busy && lane.credit > 0 && now - lane.grantedAt > PATIENCE.toNanos()) {
        lane.busy = false;
      }
      if (lane.busy) {
        spare -= lane.credit;
      } else {
        idle++;
      }
    }
    spare -= feedBusy(spare, now);
    if (spare > 0 && idle > 0) {
      listen(Math.max(1, (spare + idle - 1) / idle), now);
    }
    return lanes.stream().anyMatch(lane -> lane.busy && lane.credit > 0);
  }

  /** One credit at a time to each busy lane in turn, then one grant for each. */
  private int feedBusy(int spare, long now) {
    int given = 0;
    var grants = new int[lanes.size()];
    for (int passed = 0; given < spare && passed < lanes.size(); ) {
      int next = turn++ % lanes.size();
      turn %= lanes.size();
      var lane = lanes.get(next);
      if (lane.busy && room(lane) > 0) {
        lane.add(1, now);
        grants[next]++;
        given++;
        passed = 0;
      } else {
        passed++;
      }
    }
    for (int i = 0; i < grants.length; i++) {
      if (grants[i] > 0) {
        lanes.get(i).grantedAt = now;
        lanes.get(i).link.grant(grants[i]);
      }
    }
    return given;
  }

  private void listen(int share, long now) {
    for (var lane : lanes) {
      int more = lane.busy ? 0 : Math.min(share - lane.credit, room(lane));
      if (more > 0) {
        lane.add(more, now);
        lane.grantedAt = now;
        lane.link.grant(more);
      }
    }
  }

  /**
   * How much more credit the lane could use: what is left of its task, less what is promised to
   * busy lanes of that task. What idle lanes listen with does not count, or an empty lane would
   * keep the rest of a limit from a full one.
   */
  private int room(LaneCredit lane) {
    int out = lane.busy ? 0 : lane.credit;
    for (var other : lanes) {
      out += other.busy && other.task.equals(lane.task) ? other.credit : 0;
    }
    return slots.freeFor(lane.task) - out;
  }
}
