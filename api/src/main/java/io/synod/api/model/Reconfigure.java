package io.synod.api.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The command that makes the next era, alone in its instance: a compare-and-set on the era. The
 * first one in the log with {@code expected = e}, once it is chosen and all before it is chosen,
 * makes era e + 1; a later one with the same expectation changes nothing.
 *
 * @param expected the era that the configuration is to follow
 */
public record Reconfigure(Era expected, Configuration configuration) {
  /** Refuses missing parts. */
  public Reconfigure {
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(configuration, "configuration");
  }

  /** The era that it makes. */
  public Era makes() {
    return expected.next();
  }

  /** The value to be decided. */
  public Value encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(Value.Kind.RECONFIGURE.ordinal());
      out.writeLong(expected.number());
      configuration.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Value.of(bytes.toByteArray());
  }

  /** Reads a value of kind RECONFIGURE; refuses bytes that are none. */
  public static Reconfigure decode(Value value) {
    if (value.kind() != Value.Kind.RECONFIGURE) {
      throw new IllegalArgumentException(value + " is no Reconfigure");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value.bytes()))) {
      in.readByte();
      Reconfigure decoded = new Reconfigure(new Era(in.readLong()), Configuration.readFrom(in));
      if (in.available() > 0) {
        throw new IllegalArgumentException(in.available() + " bytes too many in " + value);
      }
      return decoded;
    } catch (IOException e) {
      throw new IllegalArgumentException("not a Reconfigure: " + e.getMessage(), e);
    }
  }
}
