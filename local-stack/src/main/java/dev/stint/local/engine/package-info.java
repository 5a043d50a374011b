/** Redis and the broker as child processes. */
@NullMarked
package dev.stint.local.engine;

import org.jspecify.annotations.NullMarked;
