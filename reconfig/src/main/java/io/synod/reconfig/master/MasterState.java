package io.synod.reconfig.master;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The master's state machine. A command that has effect makes a state that never was before, so
 * that it can be run by compare-and-set on one value, whoever computes the transition.
 *
 * @param highest the highest ballot that was registered or has made an era
 * @param eras which is complete (active), which was made last, and their configurations from the
 *     complete one on
 */
public record MasterState(Ballot highest, Eras eras) {
  private static final int FORMAT = 1;

  /** Era 0 and no ballot. */
  public static MasterState founding(Configuration founders) {
    return new MasterState(Ballot.BOTTOM, Eras.founding(founders));
  }

  /** The state after a command; this very one if it has no effect. */
  public MasterState apply(MasterCommand command) {
    if (command instanceof MasterCommand.Register register) {
      return highest.before(register.ballot())
          ? new MasterState(register.ballot(), eras) : this;
    } else if (command instanceof MasterCommand.Make make) {
      boolean may = make.expected().equals(eras.made()) && !make.ballot().before(highest);
      return may ? made(make) : this;
    }
    return completed(((MasterCommand.Complete) command).era());
  }

  /** Whether the last one made is active does not matter: leaders read all from the active one. */
  private MasterState made(MasterCommand.Make make) {
    Era next = eras.made().next();
    Map<Era, Configuration> more = new TreeMap<>(eras.configurations());
    more.put(next, make.configuration());
    return new MasterState(make.ballot(), new Eras(eras.active(), next, more));
  }

  private MasterState completed(Era era) {
    if (era.compareTo(eras.active()) <= 0 || era.compareTo(eras.made()) > 0) {
      return this;
    }
    TreeMap<Era, Configuration> left = new TreeMap<>(eras.configurations());
    left.headMap(era).clear();
    return new MasterState(highest, new Eras(era, eras.made(), left));
  }

  /** Equal states have equal bytes. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(highest.n());
      out.writeUTF(highest.proposer().name());
      out.writeInt(highest.k());
      eras.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #encode} wrote; refuses anything else with an IllegalArgumentException. */
  public static MasterState decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("no state of a master: format " + format);
      }
      Ballot highest = new Ballot(in.readLong(), NodeId.of(in.readUTF()), in.readInt());
      MasterState state = new MasterState(highest, Eras.readFrom(in));
      if (in.available() > 0) {
        throw new IllegalArgumentException(in.available() + " bytes too many");
      }
      return state;
    } catch (IOException e) {
      throw new IllegalArgumentException("no state of a master: " + e.getMessage(), e);
    }
  }
}
