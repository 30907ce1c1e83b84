package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins.PassiveUse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The frames between a process and a disk server, each behind its length (4 bytes): one hello and
 * its answer, then requests and answers by turns. Reading trusts nothing: what is not legal is an
 * {@link IOException} or an {@link IllegalArgumentException}.
 */
final class Wire {
  static final int VERSION = 1;
  /** The longest frame before the hello is answered, and after. */
  static final int HELLO_BYTES = 4096;
  static final int FRAME_BYTES = 8 << 20;

  /** What is asked for. */
  static final int EXCHANGE = 1;
  static final int LOG = 2;
  static final int KEEP_ONLY = 3;
  static final int CLOSE = 4;

  /** "SYDK". */
  private static final int MAGIC = 0x5359444B;

  /** Who calls, and which disk is wanted. */
  record Hello(int version, String disk, PassiveUse use) {}

  /** Writes the parts of a frame. */
  interface Parts {
    /** To a buffer in memory. */
    void writeTo(DataOutputStream out) throws IOException;
  }

  private Wire() {}

  /** A frame of these parts, without its length. */
  static byte[] frame(Parts parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      parts.writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // texts that are too long; memory does not fail
    }
    return bytes.toByteArray();
  }

  static DataInputStream parts(byte[] frame) {
    return new DataInputStream(new ByteArrayInputStream(frame));
  }

  static byte[] hello(String disk, PassiveUse use) {
    return frame(out -> {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      out.writeUTF(disk);
      out.writeUTF(use.cluster());
      out.writeUTF(use.process().name());
      out.writeUTF(use.member().name());
      out.writeLong(use.newIncarnation().number());
    });
  }

  /** Only magic and version are read of a hello in another version. */
  static Hello hello(byte[] frame) throws IOException {
    DataInputStream in = parts(frame);
    checkMagic(in);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      return new Hello(version, "", null);
    }
    String disk = in.readUTF();
    return new Hello(version, disk, new PassiveUse(in.readUTF(), NodeId.of(in.readUTF()),
        NodeId.of(in.readUTF()), new Incarnation(in.readLong())));
  }

  /** The server's answer to a hello; without a refusal it is a welcome. */
  static byte[] welcome(Incarnation incarnation, String refusal) {
    return frame(out -> {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      out.writeUTF(refusal);
      out.writeLong(incarnation.number());
    });
  }

  static void checkMagic(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new StreamCorruptedException("it does not speak the protocol of disk servers");
    }
  }

  static void write(DataOutputStream out, List<Block> blocks) throws IOException {
    out.writeInt(blocks.size());
    for (Block block : blocks) {
      out.writeLong(block.generation());
      out.writeLong(block.at());
      out.writeBoolean(block.force());
      write(out, block.bytes());
    }
  }

  static List<Block> blocks(DataInputStream in) throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      long generation = natural(in);
      long at = natural(in);
      boolean force = in.readBoolean();
      ByteBuffer bytes = bytes(in);
      if (generation == Blocks.HEADER && at > Blocks.HEADER_BYTES - bytes.remaining()) {
        throw new StreamCorruptedException("a header that ends at " + (at + bytes.remaining()));
      }
      blocks.add(new Block(generation, at, bytes, force));
    }
    return blocks;
  }

  static void write(DataOutputStream out, Map<NodeId, ByteBuffer> heads) throws IOException {
    out.writeInt(heads.size());
    for (Map.Entry<NodeId, ByteBuffer> head : heads.entrySet()) {
      out.writeUTF(head.getKey().name());
      write(out, head.getValue());
    }
  }

  static Map<NodeId, ByteBuffer> heads(DataInputStream in) throws IOException {
    Map<NodeId, ByteBuffer> heads = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      NodeId area = NodeId.of(in.readUTF());
      ByteBuffer head = bytes(in);
      if (head.remaining() != 3 * Blocks.PART_BYTES) {
        throw new StreamCorruptedException("a header of " + head.remaining() + " bytes");
      }
      heads.put(area, head);
    }
    return heads;
  }

  static void write(DataOutputStream out, ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    out.writeInt(copy.length);
    out.write(copy);
  }

  static ByteBuffer bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new StreamCorruptedException(length + " bytes are announced where there are "
          + in.available());
    }
    return ByteBuffer.wrap(in.readNBytes(length));
  }

  static long natural(DataInputStream in) throws IOException {
    long number = in.readLong();
    if (number < 0) {
      throw new StreamCorruptedException("a negative number, " + number);
    }
    return number;
  }
}
