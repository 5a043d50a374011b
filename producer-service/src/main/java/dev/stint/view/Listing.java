package dev.stint.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list, or a page of one.
 *
 * @param next cursor of the next page; absent if this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Listing<T>(List<T> items, @Nullable String next) {
  static <T> Listing<T> of(List<T> items) {
    return new Listing<>(items, null);
  }
}
