package io.synod.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A serializer made of the two functions that write and read a record part by part. */
final class PartsSerializer<T> extends Serializer<T> {
  private final BiConsumer<WireOutput, T> writer;
  private final Function<WireInput, T> reader;

  PartsSerializer(BiConsumer<WireOutput, T> writer, Function<WireInput, T> reader) {
    super(false, true);
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public void write(Kryo kryo, Output output, T object) {
    writer.accept((WireOutput) output, object);
  }

  @Override
  public T read(Kryo kryo, Input input, Class<? extends T> type) {
    return reader.apply((WireInput) input);
  }
}
