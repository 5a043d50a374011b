/** One job's way through a worker: delivery, claim, handler, outcome, final move, settlement. */
@NullMarked
package dev.stint.work;

import org.jspecify.annotations.NullMarked;
