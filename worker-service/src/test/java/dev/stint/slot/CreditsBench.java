package dev.stint.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.slot.Credits.LaneCredit;
import dev.stint.slot.Slots.Slot;
import dev.stint.worker.SlotLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A worker's credit against a broker of the simplest kind: it sends what it has credit for. */
class CreditsBench {
  long now;

  /** A lane with messages waiting, and what it may send. */
  final class Lane implements LaneLink {
    final String task;
    final LaneCredit credit;
    int waiting;
    int allowed;
    int revoked;

    Lane(Worker worker, String task, int waiting) {
      this.task = task;
      this.waiting = waiting;
      this.credit = worker.credits.add(task, this);
    }

    @Override
    public void grant(int messages) {
      assertThat(messages).isPositive();
      allowed += messages;
    }

    @Override
    public void revoke() {
      allowed = 0;
      revoked++;
    }
  }

  final class Worker {
    final Slots slots;
    final Credits credits;
    final List<Lane> lanes = new ArrayList<>();
    final Deque<Slot> running = new ArrayDeque<>();
    int released;

    Worker(int total, Map<String, Integer> limits) {
      slots = new Slots(new SlotLimits(total, limits));
      credits = new Credits(slots, () -> now);
    }

    Lane lane(String task, int waiting) {
      var lane = new Lane(this, task, waiting);
      lanes.add(lane);
      return lane;
    }

    /** Lets the broker send all it may, and the worker answer, until nothing moves. */
    void settle() {
      boolean moved;
      do {
        credits.rebalance();
        moved = false;
        for (var lane : lanes) {
          while (lane.allowed > 0 && lane.waiting > 0) {
            moved = true;
            arrive(lane);
          }
        }
      } while (moved);
    }

    private void arrive(Lane lane) {
      lane.allowed--;
      lane.waiting--;
      credits.arrived(lane.credit);
      var slot = slots.take(lane.task);
      if (slot == null) {
        credits.refused(lane.credit);
        lane.waiting++;
        released++;
      } else {
        running.add(slot);
      }
    }

    void finishOne() {
      running.remove().close();
    }
  }
}
