/** What a worker says of itself. */
@NullMarked
package dev.stint.heartbeat;

import org.jspecify.annotations.NullMarked;
