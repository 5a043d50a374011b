/** Jobs come in: the request, the use case, the way to the broker. */
@NullMarked
package dev.stint.submit;

import org.jspecify.annotations.NullMarked;
