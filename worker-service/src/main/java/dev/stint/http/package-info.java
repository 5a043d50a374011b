/** Tasks that are calls of a URL. */
@NullMarked
package dev.stint.http;

import org.jspecify.annotations.NullMarked;
