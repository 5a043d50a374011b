/** The whole of Stint on one machine: its data folder, its start, its supervision, its stop. */
@NullMarked
package dev.stint.local.stack;

import org.jspecify.annotations.NullMarked;
