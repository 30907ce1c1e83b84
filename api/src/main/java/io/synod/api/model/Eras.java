package io.synod.api.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process knows of eras, as it goes into checkpoints and snapshots.
 *
 * @param active the highest era known to be active
 * @param made the era that the decided prefix of the log has made last
 * @param configurations those of the eras that somebody may still ask for, in order
 */
public record Eras(Era active, Era made, Map<Era, Configuration> configurations) {
  private static final int MOST = 1 << 16;

  /** Copies the configurations in the order of eras. */
  public Eras {
    configurations = Collections.unmodifiableMap(new TreeMap<>(configurations));
  }

  /** Era 0 and nothing else. */
  public static Eras founding(Configuration founders) {
    return new Eras(Era.ZERO, Era.ZERO, Map.of(Era.ZERO, founders));
  }

  /** What the decided prefix alone tells: the era made last, and that the one before is active. */
  public Eras asOfLog() {
    Era before = made.number() == 0 ? Era.ZERO : new Era(made.number() - 1);
    Map<Era, Configuration> kept = new TreeMap<>(configurations);
    kept.keySet().removeIf(era -> !era.equals(before) && !era.equals(made));
    return new Eras(before, made, kept);
  }

  /** Writes all parts, for the head of a snapshot. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(active.number());
    out.writeLong(made.number());
    out.writeInt(configurations.size());
    for (Map.Entry<Era, Configuration> entry : configurations.entrySet()) {
      out.writeLong(entry.getKey().number());
      entry.getValue().writeTo(out);
    }
  }

  /** Reads what {@link #writeTo} wrote; refuses anything else. */
  public static Eras readFrom(DataInput in) throws IOException {
    try {
      Era active = new Era(in.readLong());
      Era made = new Era(in.readLong());
      int count = in.readInt();
      if (count < 0 || count > MOST) {
        throw new IOException("the eras in the snapshot are damaged: " + count + " of them");
      }
      Map<Era, Configuration> configurations = new TreeMap<>();
      for (int i = 0; i < count; i++) {
        configurations.put(new Era(in.readLong()), Configuration.readFrom(in));
      }
      return new Eras(active, made, configurations);
    } catch (IllegalArgumentException e) {
      throw new IOException("the eras in the snapshot are damaged: " + e.getMessage(), e);
    }
  }
}
