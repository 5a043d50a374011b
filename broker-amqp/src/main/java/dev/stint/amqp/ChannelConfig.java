package dev.stint.amqp;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a channel that is made at run time, to call the connector with. Values are given
 * out as the strings they are.
 */
public final class ChannelConfig implements Config {
  private final Map<String, String> attributes;

  private ChannelConfig(Map<String, String> attributes) {
    this.attributes = Map.copyOf(attributes);
  }

  public static ChannelConfig of(Map<String, String> attributes) {
    return new ChannelConfig(attributes);
  }

  @Override
  public <T> T getValue(String name, Class<T> type) {
    return getOptionalValue(name, type)
        .orElseThrow(() -> new NoSuchElementException("attribute " + name + " is missing"));
  }

  @Override
  public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
    if (type != String.class) {
      throw new IllegalArgumentException("attribute " + name + " can only be read as a String");
    }
    return Optional.ofNullable(attributes.get(name)).map(type::cast);
  }

  @Override
  public ConfigValue getConfigValue(String name) {
    return new Attribute(name, attributes.get(name));
  }

  @Override
  public Iterable<String> getPropertyNames() {
    return attributes.keySet();
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    return List.of();
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }

  private record Attribute(String name, @Nullable String value) implements ConfigValue {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public @Nullable String getValue() {
      return value;
    }

    @Override
    public @Nullable String getRawValue() {
      return value;
    }

    @Override
    public String getSourceName() {
      return "channel";
    }

    @Override
    public int getSourceOrdinal() {
      return 0;
    }
  }
}
