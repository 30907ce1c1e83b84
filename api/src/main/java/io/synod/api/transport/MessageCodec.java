package io.synod.api.transport;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.Message;
import io.synod.api.storage.DurableRecord;
import java.nio.ByteBuffer;

/**
 * Bytes of messages and records. One instance is used by one thread at a time. Decoding trusts
 * nothing: any bytes either decode to a legal record or throw {@link MalformedException}.
 */
public interface MessageCodec {
  /**
   * Encodes a message; the buffer is valid until the next call on this codec.
   */
  ByteBuffer encode(Message message);

  /** Decodes a message; values inside are copied out of the buffer. */
  Message decode(ByteBuffer bytes) throws MalformedException;

  /** Encodes a client message; the buffer is valid until the next call on this codec. */
  ByteBuffer encodeClient(ClientMessage message);

  /** Decodes a client message. */
  ClientMessage decodeClient(ByteBuffer bytes) throws MalformedException;

  /** Encodes a journal record; the buffer is valid until the next call on this codec. */
  ByteBuffer encodeRecord(DurableRecord record);

  /** Decodes a journal record. */
  DurableRecord decodeRecord(ByteBuffer bytes) throws MalformedException;

  /** The bytes are not a legal message; the connection that brought them is closed. */
  final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was wrong. */
    public MalformedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
