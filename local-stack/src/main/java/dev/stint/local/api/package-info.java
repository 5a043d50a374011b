/** The producer's REST API as demo and bench use it. */
@NullMarked
package dev.stint.local.api;

import org.jspecify.annotations.NullMarked;
