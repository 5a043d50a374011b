/** Asking a service from outside whether it is well. */
@NullMarked
package dev.stint.health;

import org.jspecify.annotations.NullMarked;
