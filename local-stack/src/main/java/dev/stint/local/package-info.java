/** The command line behind {@code ./stint}. */
@NullMarked
package dev.stint.local;

import org.jspecify.annotations.NullMarked;
