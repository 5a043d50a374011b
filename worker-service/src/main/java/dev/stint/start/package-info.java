/** Starting a worker: flags, settings, wiring, draining, leaving. */
@NullMarked
package dev.stint.start;

import org.jspecify.annotations.NullMarked;
