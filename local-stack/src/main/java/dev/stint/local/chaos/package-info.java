/** Faults drawn at random, and what must hold whatever they are. */
@NullMarked
package dev.stint.local.chaos;

import org.jspecify.annotations.NullMarked;
