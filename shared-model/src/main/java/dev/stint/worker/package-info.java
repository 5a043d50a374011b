/** Worker processes as others see them: slots, limits, heartbeat. */
@NullMarked
package dev.stint.worker;

import org.jspecify.annotations.NullMarked;
