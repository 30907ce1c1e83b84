package io.synod.examples.testing;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** A raffle: a name enters with a ticket; a draw takes the oldest ticket, if it is still valid. */
public class Raffle implements StateMachine {
  private static final long VALID_MILLIS = 60_000;

  private final Set<Ticket> tickets;

  /** Two tickets are never the same, also with the same name on them. */
  static final class Ticket {
    private final String name;
    private final long bought;

    Ticket(String name, long bought) {
      this.name = name;
      this.bought = bought;
    }
  }

  /** An empty raffle. */
  public Raffle() {
    this(new LinkedHashSet<>());
  }

  /** Draws in the order of {@code tickets}. */
  Raffle(Set<Ticket> tickets) {
    this.tickets = tickets;
  }

  /** The command by which a name enters. */
  public static byte[] enter(String name) {
    return ("+" + name).getBytes(StandardCharsets.UTF_8);
  }

  /** The command that draws; it answers the name, or nothing. */
  public static byte[] draw() {
    return new byte[] {'-'};
  }

  /** Now, as the log has it: the same on every replica. */
  long now(Context context) {
    return context.timeMillis();
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    String text = StandardCharsets.UTF_8.decode(command).toString();
    long now = now(context);
    String answer = "";
    if (text.charAt(0) == '+') {
      tickets.add(new Ticket(text.substring(1), now));
    } else if (!tickets.isEmpty()) {
      Iterator<Ticket> oldest = tickets.iterator();
      Ticket drawn = oldest.next();
      oldest.remove();
      answer = now - drawn.bought < VALID_MILLIS ? drawn.name : "";
    }
    return answer.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(tickets.size()).array();
  }

  @Override
  public SnapshotContent snapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(tickets.size());
      for (Ticket ticket : tickets) {
        out.writeUTF(ticket.name);
        out.writeLong(ticket.bought);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes::writeTo;
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    tickets.clear();
    for (int left = in.readInt(); left > 0; left--) {
      tickets.add(new Ticket(in.readUTF(), in.readLong()));
    }
  }
}
