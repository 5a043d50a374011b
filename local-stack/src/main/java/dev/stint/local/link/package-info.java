/** Network paths on this machine that can fail. */
@NullMarked
package dev.stint.local.link;

import org.jspecify.annotations.NullMarked;
