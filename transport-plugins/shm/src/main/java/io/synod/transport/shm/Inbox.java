package io.synod.transport.shm;

import io.synod.api.model.NodeId;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport.PeerReceiver;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the rings that lie in the mailbox and reads from them. The reader's thread only. */
final class Inbox {
  private final Rim rim;
  private final Mailbox mailbox;
  private final MessageCodec codec;
  private final PeerReceiver receiver;
  private final List<Incoming> reading = new ArrayList<>();
  /** Every file that was looked at, so that it is looked at once. */
  private final Map<Path, Object> seen = new HashMap<>();

  Inbox(Rim rim, Mailbox mailbox, MessageCodec codec, PeerReceiver receiver) {
    this.rim = rim;
    this.mailbox = mailbox;
    this.codec = codec;
    this.receiver = receiver;
  }

  /** Delivers what has come; returns how much there was. */
  int poll() {
    int work = 0;
    for (int i = 0; i < reading.size(); i++) {
      work += reading.get(i).poll();
    }
    return work;
  }

  /** Now and then: new rings, and those that are over. */
  void tend(long nanos, Set<NodeId> known) {
    mailbox.alive(nanos);
    reading.forEach(incoming -> incoming.tend(known));
    reading.removeIf(incoming -> !incoming.isOpen());
    try {
      List<Path> rings = mailbox.rings();
      seen.keySet().retainAll(rings);
      for (Path ring : rings) {
        look(ring, known);
      }
    } catch (IOException e) {
      rim.log().warn("mailbox", "", rim.name() + " cannot read its mailbox: " + Mailbox.why(e));
    }
  }

  private void look(Path path, Set<NodeId> known) {
    try {
      Object key = MappedFile.key(path);
      if (!key.equals(seen.put(path, key))) {
        Ring ring = Ring.open(path, key);
        if (ring.header().readerLife() == rim.life().number()) {
          Incoming incoming = new Incoming(rim, ring, codec, receiver);
          reading.add(incoming);
          incoming.judge(known);
        } else {
          // For an earlier life of this node: what is in it is old, and its writer will know.
          ring.close();
        }
      }
    } catch (NoSuchFileException e) {
      // Taken away by its writer meanwhile.
      seen.remove(path);
    } catch (IOException e) {
      rim.log().warn("ring", path, rim.name() + " does not read from a file: " + Mailbox.why(e));
    }
  }

  void close() {
    reading.forEach(incoming -> incoming.close(Header.Verdict.NONE));
    reading.clear();
  }
}
