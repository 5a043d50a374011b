/** Measurements of a stack of its own. */
@NullMarked
package dev.stint.local.bench;

import org.jspecify.annotations.NullMarked;
