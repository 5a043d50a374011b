/** What goes on by itself, without a leader: relay, promotion, reconciliation, reaping, pruning. */
@NullMarked
package dev.stint.upkeep;

import org.jspecify.annotations.NullMarked;
