package io.synod.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import io.synod.api.message.ClientMessage;
import io.synod.api.message.Message;
import io.synod.api.storage.DurableRecord;
import io.synod.api.transport.MessageCodec;
import java.nio.ByteBuffer;

/**
 * The codec of all transports and stores: the type's number, then its parts. Holds one growing
 * buffer for encoding and small caches for decoding, so an instance belongs to one thread at a
 * time; make one per thread. Nothing here blocks or is durable.
 *
 * <p>Decoding allocates no more than a small multiple of the bytes given, whatever they say, and
 * throws only {@link MessageCodec.MalformedException}. The position of the buffer given is left
 * as it was. Encoding throws {@link IllegalArgumentException} for numbers that decoding would
 * refuse: sending one is a bug of the sender.
 */
public final class KryoCodec implements MessageCodec {
  private final Kryo kryo = new Kryo(new NumbersOnlyResolver(), null);
  private final WireOutput out = new WireOutput();
  private final WireInput in = new WireInput();

  /** With all types of the API registered. */
  public KryoCodec() {
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    Registry registry = new Registry(kryo);
    RegisterMessages.register(registry);
    PeerMessages.register(registry);
    ClientMessages.register(registry);
    JournalRecords.register(registry);
  }

  @Override
  public ByteBuffer encode(Message message) {
    return write(message);
  }

  @Override
  public Message decode(ByteBuffer bytes) throws MalformedException {
    return read(Message.class, bytes);
  }

  @Override
  public ByteBuffer encodeClient(ClientMessage message) {
    return write(message);
  }

  @Override
  public ClientMessage decodeClient(ByteBuffer bytes) throws MalformedException {
    return read(ClientMessage.class, bytes);
  }

  @Override
  public ByteBuffer encodeRecord(DurableRecord record) {
    return write(record);
  }

  @Override
  public DurableRecord decodeRecord(ByteBuffer bytes) throws MalformedException {
    return read(DurableRecord.class, bytes);
  }

  private ByteBuffer write(Object object) {
    out.begin();
    kryo.writeClassAndObject(out, object);
    return out.written();
  }

  private <T> T read(Class<T> family, ByteBuffer bytes) throws MalformedException {
    in.open(bytes);
    try {
      T object = family.cast(kryo.readObject(in, type(family)));
      if (in.remaining() > 0) {
        throw new KryoException(in.remaining() + " bytes too many");
      }
      return object;
    } catch (RuntimeException e) {
      throw new MalformedException(
          "not a legal " + family.getSimpleName() + ": " + e.getMessage(), e);
    } finally {
      in.release();
    }
  }

  /** The announced type, before anything of it is read: Kryo knows types that are not ours. */
  private Class<?> type(Class<?> family) {
    Registration announced = kryo.readClass(in);
    if (announced == null || !family.isAssignableFrom(announced.getType())) {
      throw new KryoException(
          "a " + (announced == null ? "null" : announced.getType().getSimpleName()));
    }
    return announced.getType();
  }
}
