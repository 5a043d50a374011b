/** The catalogue: which tasks there are, how they run, and what their params must be. */
@NullMarked
package dev.stint.catalogue;

import org.jspecify.annotations.NullMarked;
