/** Capacity: how many jobs run at once, and how many may be on their way here. */
@NullMarked
package dev.stint.slot;

import org.jspecify.annotations.NullMarked;
