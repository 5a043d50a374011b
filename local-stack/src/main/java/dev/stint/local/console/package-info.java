/** What the command line shows. */
@NullMarked
package dev.stint.local.console;

import org.jspecify.annotations.NullMarked;
