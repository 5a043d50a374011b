/** Tasks: the named kinds of work in the catalogue. */
@NullMarked
package dev.stint.task;

import org.jspecify.annotations.NullMarked;
