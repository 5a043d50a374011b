package dev.stint.job;

import dev.stint.lane.Lane;
import java.util.Map;

/**
 * How many jobs of a lane there are.
 *
 * @param now kept records by state; every state is present
 * @param ended jobs that ever came to a final state, by that state, since the store was made
 */
public record LaneCounts(Lane lane, Map<StateName, Long> now, Map<StateName, Long> ended) {}
