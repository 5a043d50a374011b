/** Errors as RFC 9457 problem details. */
@NullMarked
package dev.stint.problem;

import org.jspecify.annotations.NullMarked;
