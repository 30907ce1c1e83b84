package io.synod.transport.shm;

import io.synod.api.transport.PeerAddress;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Makes the ring of an {@link Outgoing} when it is first wanted, watches the peer's door, and makes
 * another when the peer has begun a new life. The transport's thread only.
 */
final class Line {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FULL_PAUSE = TimeUnit.SECONDS.toNanos(1);
  /** Signs of life come fifty times a second. */
  private static final long AWAY = TimeUnit.SECONDS.toNanos(1);

  private final Rim rim;
  private final Outgoing out;
  private final PeerAddress own;
  private PeerAddress called;
  private MappedFile doorFile;
  private Header door;
  private Ring ring;
  private boolean read;
  private boolean paused;
  private long resumeAt;

  Line(Rim rim, Outgoing out, PeerAddress own) {
    this.rim = rim;
    this.out = out;
    this.own = own;
  }

  Outgoing out() {
    return out;
  }

  void tend(long now) {
    if (ring != null) {
      watch(now);
    } else if (out.isWanted() && (!paused || now - resumeAt >= 0)) {
      paused = false;
      connect(now);
    }
  }

  private void connect(long now) {
    called = out.address();
    Path path = Mailbox.door(rim.shared(), called);
    try {
      doorFile = MappedFile.open(path);
      door = Header.read(doorFile, Header.DOOR);
      if (door.ended() || door.silentNanos(now) > AWAY) {
        unreachable("nobody answers at " + path + " since " + door.process(), now, PAUSE);
        return;
      }
      Path place = Mailbox.ring(rim.shared(), called, own);
      Ring made = Ring.create(place, rim.life(), rim.capacity(), door, out.peer());
      if (out.through(made)) {
        ring = made;
        read = false;
      } else {
        made.end();
      }
    } catch (NoSuchFileException e) {
      unreachable("no node of this host has opened " + path, now, PAUSE);
    } catch (IOException e) {
      unreachable(Mailbox.why(e), now, e instanceof FaultException ? PAUSE : FULL_PAUSE);
    }
  }

  private void unreachable(String why, long now, long pause) {
    rim.log().warn("unreachable", out.peer(), rim.name() + " cannot reach " + out.peer() + " at "
        + called + ", keeps trying: " + why);
    leave(now, pause);
  }

  private void watch(long now) {
    if (out.isBroken() || !called.equals(out.address()) || door.ended()) {
      leave(now, 0);
      return;
    }
    switch (ring.header().verdict()) {
      case NONE, READS -> reading(now);
      case OTHER_CLUSTER -> refused("it belongs to cluster '" + door.cluster()
          + "', this node to cluster '" + rim.life().local().cluster() + "'", now);
      case NOT_A_PEER -> refused(
          rim.life().local().self() + " is not a peer of " + door.owner(), now);
      case NOT_ME -> refused("'" + door.owner() + "' answers there, not " + out.peer(), now);
      case BROKEN -> refused("it has stopped reading " + ring.file().path(), now);
    }
  }

  private void reading(long now) {
    if (!ring.inPlace()) {
      refused(ring.file().path() + " was removed, replaced or cut", now);
      return;
    }
    if (door.silentNanos(now) > AWAY) {
      unreachable("no sign of life of " + door.process(), now, PAUSE);
      return;
    }
    if (!read && ring.header().verdict() == Header.Verdict.READS) {
      read = true;
      out.open();
    }
  }

  private void refused(String why, long now) {
    rim.log().warn("refused", out.peer(), rim.name() + " is refused by " + out.peer() + " at "
        + called + ": " + why);
    leave(now, PAUSE);
  }

  private void leave(long now, long pause) {
    close();
    if (pause > 0) {
      paused = true;
      resumeAt = now + pause;
      out.takes(false);
    }
  }

  /** Leaves the ring and the door. */
  void close() {
    ring = null;
    door = null;
    out.leave();
    if (doorFile != null) {
      doorFile.close();
      doorFile = null;
    }
  }
}
