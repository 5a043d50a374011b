/** Tasks that are commands. */
@NullMarked
package dev.stint.exec;

import org.jspecify.annotations.NullMarked;
