/** Queues and lanes: the units of consumption, credit and depth. */
@NullMarked
package dev.stint.lane;

import org.jspecify.annotations.NullMarked;
