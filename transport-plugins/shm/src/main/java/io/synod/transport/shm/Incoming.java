package io.synod.transport.shm;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport.PeerReceiver;
import io.synod.transport.netty.Keys;
import java.nio.ByteBuffer;
import java.util.Set;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

/** The channel from one peer: takes its messages out of the ring. The reader's thread only. */
final class Incoming implements MessageHandler {
  private static final int READ_AT_ONCE = 256;

  private final Rim rim;
  private final Ring ring;
  private final NodeId from;
  private final ByteBuffer view;
  private final MessageCodec codec;
  private final PeerReceiver receiver;
  /** A message of several pieces, as far as it has come. */
  private ByteBuffer partly;
  private String fault = "";
  private boolean open = true;

  Incoming(Rim rim, Ring ring, MessageCodec codec, PeerReceiver receiver) {
    this.rim = rim;
    this.ring = ring;
    this.from = ring.header().owner();
    this.view = ring.file().view();
    this.codec = codec;
    this.receiver = receiver;
  }

  /** Takes the writer as a peer, or tells it why not. */
  void judge(Set<NodeId> known) {
    Header header = ring.header();
    String self = rim.life().local().self().name();
    String cluster = rim.life().local().cluster();
    if (!header.cluster().equals(cluster)) {
      refuse(Header.Verdict.OTHER_CLUSTER, "it belongs to cluster '" + header.cluster()
          + "', this node to cluster '" + cluster + "'");
    } else if (!header.reader().equals(self)) {
      refuse(Header.Verdict.NOT_ME, "it means " + header.reader());
    } else if (!known.contains(from)) {
      refuse(Header.Verdict.NOT_A_PEER, from + " is not a peer of " + self);
    } else {
      header.verdict(Header.Verdict.READS);
    }
  }

  private void refuse(Header.Verdict verdict, String why) {
    rim.log().warn("refuses", from, rim.name() + " refuses " + ring.header().process() + ": "
        + why);
    close(verdict);
  }

  /** Looks again whether the writer may write, and its file is whole. */
  void tend(Set<NodeId> known) {
    if (!open) {
      return;
    }
    if (!known.contains(from)) {
      refuse(Header.Verdict.NOT_A_PEER,
          from + " is not a peer of " + rim.life().local().self());
    } else if (ring.header().ended()) {
      poll();
      close(Header.Verdict.READS);
    } else if (!ring.inPlace()) {
      // Replaced by a new life of the writer, or cut: either way this one is over.
      close(Header.Verdict.BROKEN);
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Delivers what is there; returns how many pieces. */
  int poll() {
    if (!open) {
      return 0;
    }
    int pieces = 1;
    long at = 0;
    try {
      at = ring.pieces().consumerPosition() % ring.pieces().capacity();
      pieces = ring.pieces().read(this, READ_AT_ONCE);
    } catch (RuntimeException | InternalError e) {
      // Lengths that make no sense, or a file that was cut while it is mapped.
      fault = "it is damaged at offset " + (Header.BYTES + at) + " (" + e + ")";
    }
    if (!fault.isEmpty()) {
      rim.log().warn("fault", from, rim.name() + " stops reading " + ring.file().path() + " of "
          + from + ": " + fault);
      close(Header.Verdict.BROKEN);
    }
    return pieces;
  }

  @Override
  public void onMessage(int kind, MutableDirectBuffer buffer, int index, int length) {
    if (!fault.isEmpty()) {
      return;
    }
    int at = Header.BYTES + index;
    if (kind == Ring.START && partly == null && length >= Integer.BYTES) {
      start(buffer.getInt(index), at + Integer.BYTES, length - Integer.BYTES);
    } else if (kind == Ring.MORE && partly != null && length <= partly.remaining()) {
      more(at, length);
    } else {
      fault = "a piece of kind " + kind + " and " + length + " bytes does not belong there";
    }
  }

  private void start(int total, int at, int length) {
    if (total > rim.maxFrame()) {
      fault = "it announces a message of " + total + " bytes, but " + Keys.MAX_FRAME.key() + " = "
          + rim.maxFrame();
    } else if (total < length) {
      fault = "it announces a message of " + total + " bytes and brings " + length;
    } else if (total == length) {
      deliver(piece(at, length));
    } else {
      partly = ByteBuffer.allocate(total).put(piece(at, length));
    }
  }

  private void more(int at, int length) {
    partly.put(piece(at, length));
    if (!partly.hasRemaining()) {
      ByteBuffer whole = partly.flip();
      partly = null;
      deliver(whole);
    }
  }

  private ByteBuffer piece(int at, int length) {
    return view.clear().position(at).limit(at + length);
  }

  private void deliver(ByteBuffer bytes) {
    Message message;
    try {
      message = codec.decode(bytes);
    } catch (MessageCodec.MalformedException e) {
      fault = "it brings what is no message: " + e.getMessage();
      return;
    }
    receiver.onMessage(from, message);
  }

  /** Stops reading; the writer sees the verdict. */
  void close(Header.Verdict verdict) {
    if (open) {
      open = false;
      ring.close(verdict);
    }
  }
}
