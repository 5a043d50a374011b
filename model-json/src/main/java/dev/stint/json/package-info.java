/** The model as JSON. */
@NullMarked
package dev.stint.json;

import org.jspecify.annotations.NullMarked;
