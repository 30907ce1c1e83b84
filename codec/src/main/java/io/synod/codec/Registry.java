package io.synod.codec;

import com.esotericsoftware.kryo.Kryo;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Registers types under their numbers; refuses to give one number to two types. */
final class Registry {
  private final Kryo kryo;

  Registry(Kryo kryo) {
    this.kryo = kryo;
  }

  <T> void add(
      int id, Class<T> type, BiConsumer<WireOutput, T> writer, Function<WireInput, T> reader) {
    if (kryo.getRegistration(id) != null) {
      throw new IllegalStateException(
          type + " has the number of " + kryo.getRegistration(id).getType());
    }
    kryo.register(type, new PartsSerializer<>(writer, reader), id);
  }
}
