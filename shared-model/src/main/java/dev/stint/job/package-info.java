/** A job, its states, its moves, and where its record is kept. */
@NullMarked
package dev.stint.job;

import org.jspecify.annotations.NullMarked;
