/** Small tasks for a first look, for tests and for measuring. */
@NullMarked
package dev.stint.sample;

import org.jspecify.annotations.NullMarked;
