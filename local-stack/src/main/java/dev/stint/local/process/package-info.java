/** Child processes that are watched, logged and never left behind. */
@NullMarked
package dev.stint.local.process;

import org.jspecify.annotations.NullMarked;
