package io.synod.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changes and eras as bytes, in the log and at the head of a snapshot. */
class EraBytesTest {
  private static final Era ONE = new Era(1);
  private static final Era TWO = new Era(2);
  private static final Configuration FOUNDERS = new Configuration(
      List.of(Member.founding("n1", "127.0.0.1:7001"), Member.founding("n2", "host:7002")),
      "majority");
  private static final Configuration LATER = new Configuration(
      List.of(
          Member.founding("n2", "host:7002"),
          new Member(
              NodeId.of("d"), new Incarnation(-7), URI.create("disk:///mnt/a"), Role.PASSIVE),
          new Member(
              NodeId.of("l"), new Incarnation(9), URI.create("node://[::1]:1"), Role.LEARNER)),
      "flexible");
  private static final Eras ERAS =
      new Eras(ONE, TWO, Map.of(Era.ZERO, FOUNDERS, ONE, LATER, TWO, FOUNDERS));

  private static byte[] bytes(Eras eras) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    eras.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Eras eras(byte[] bytes) throws IOException {
    return Eras.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  /** Any damage either shows or gives something well-formed: never another kind of failure. */
  private static byte[] damaged(byte[] bytes, Random dice) {
    byte[] copy = bytes.clone();
    copy[1 + dice.nextInt(copy.length - 1)] = (byte) dice.nextInt();
    return copy;
  }

  @Test
  void aReconfigureIsReadBackAsItWasWritten() {
    for (Configuration next : List.of(FOUNDERS, LATER)) {
      Reconfigure change = new Reconfigure(new Era(1L << 40), next);
      Value value = change.encode();
      assertThat(value.kind()).isEqualTo(Value.Kind.RECONFIGURE);
      assertThat(Reconfigure.decode(value)).isEqualTo(change);
      assertThat(change.makes()).isEqualTo(new Era((1L << 40) + 1));
    }
  }

  @Test
  void aModeIsReadBackAndWithoutOneTheBytesAreThoseOfBefore() throws IOException {
    for (ConsensusMode mode : ConsensusMode.values()) {
      Reconfigure change = new Reconfigure(ONE, LATER.mode(mode));
      assertThat(Reconfigure.decode(change.encode())).isEqualTo(change);
    }
    Eras eras = new Eras(
        ONE, ONE, Map.of(Era.ZERO, FOUNDERS, ONE, LATER.mode(ConsensusMode.CLASSIC)));
    assertThat(eras(bytes(eras))).isEqualTo(eras);
    assertThat(new Reconfigure(ONE, FOUNDERS).encode().bytes())
        .as("kind and era, then at once the number of members")
        .startsWith(Value.Kind.RECONFIGURE.ordinal(), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2);
    byte[] unknown =
        new Reconfigure(ONE, FOUNDERS.mode(ConsensusMode.FAST)).encode().bytes();
    unknown[13] = 9;
    assertThatThrownBy(() -> Reconfigure.decode(Value.of(unknown)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("mode");
  }

  @Test
  void valuesOfOtherKindsAreNoReconfigure() {
    for (Value other : List.of(Value.SKIP, Value.of(new byte[] {1, 2}))) {
      assertThatThrownBy(() -> Reconfigure.decode(other))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no Reconfigure");
    }
  }

  @Test
  void aReconfigureThatIsCutOffOrTooLongIsRefused() {
    byte[] whole = new Reconfigure(ONE, LATER).encode().bytes();
    for (int length = 1; length < whole.length; length++) {
      Value part = Value.of(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Reconfigure.decode(part)).as("%s bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    Value longer = Value.of(Arrays.copyOf(whole, whole.length + 2));
    assertThatThrownBy(() -> Reconfigure.decode(longer))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2 bytes too many");
  }

  @Test
  void damagedBytesOfAReconfigureAreRefusedAsSuchOrNotAtAll() {
    Random dice = new Random(1);
    byte[] whole = new Reconfigure(ONE, LATER).encode().bytes();
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      try {
        Reconfigure.decode(Value.of(damaged(whole, dice)));
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void countsAndRolesThatMakeNoSenseAreRefused() {
    byte[] whole = new Reconfigure(ONE, FOUNDERS).encode().bytes();
    byte[] crowd = whole.clone();
    crowd[9] = 1; // the highest byte of the number of members
    assertThatThrownBy(() -> Reconfigure.decode(Value.of(crowd)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("members");
    byte[] nobody = whole.clone();
    nobody[12] = 0; // the lowest byte of it
    assertThatThrownBy(() -> Reconfigure.decode(Value.of(nobody)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("members");
    byte[] role = whole.clone();
    role[role.length - "majority".length() - 3] = 9; // of the last member
    assertThatThrownBy(() -> Reconfigure.decode(Value.of(role)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("role");
  }

  @Test
  void erasAreReadBackAsTheyWereWritten() throws IOException {
    assertThat(eras(bytes(ERAS))).isEqualTo(ERAS);
    Eras none = new Eras(Era.ZERO, Era.ZERO, Map.of());
    assertThat(eras(bytes(none))).isEqualTo(none);
  }

  @Test
  void erasAreWrittenInTheirOrderWhateverOrderTheyAreKeptIn() throws IOException {
    assertThat(ERAS.configurations().keySet()).containsExactly(Era.ZERO, ONE, TWO);
    Eras other = new Eras(ONE, TWO, Map.of(TWO, FOUNDERS, ONE, LATER, Era.ZERO, FOUNDERS));
    assertThat(bytes(other)).isEqualTo(bytes(ERAS));
  }

  @Test
  void erasThatAreCutOffAreRefused() throws IOException {
    byte[] whole = bytes(ERAS);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> eras(part)).as("%s bytes", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void damagedBytesOfErasAreRefusedAsSuchOrNotAtAll() throws IOException {
    Random dice = new Random(1);
    byte[] whole = bytes(ERAS);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      try {
        eras(damaged(whole, dice));
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    byte[] many = bytes(ERAS);
    many[16] = 1; // the highest byte of the number of configurations
    assertThatThrownBy(() -> eras(many)).isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void theLogAloneTellsTheEraMadeLastAndThatTheOneBeforeIsActive() {
    assertThat(ERAS.asOfLog()).isEqualTo(
        new Eras(ONE, TWO, Map.of(ONE, LATER, TWO, FOUNDERS)));
    assertThat(new Eras(TWO, TWO, ERAS.configurations()).asOfLog()).as("whatever is known here")
        .isEqualTo(ERAS.asOfLog());
    assertThat(Eras.founding(FOUNDERS).asOfLog()).isEqualTo(Eras.founding(FOUNDERS));
  }

  @Test
  void aVoteCountsByTheStoreThatIsMeant() {
    Incarnation any = new Incarnation(5);
    NodeId n2 = NodeId.of("n2");
    assertThat(FOUNDERS.votes(n2, any, true)).isTrue();
    assertThat(FOUNDERS.votes(n2, any, false)).as("not the first").isFalse();
    assertThat(FOUNDERS.votes(NodeId.of("n3"), any, true)).as("no member").isFalse();
    NodeId disk = NodeId.of("d");
    assertThat(LATER.votes(disk, new Incarnation(-7), false)).isTrue();
    assertThat(LATER.votes(disk, any, true)).as("another store than the named").isFalse();
    NodeId learner = NodeId.of("l");
    assertThat(LATER.votes(learner, new Incarnation(9), true)).as("a learner").isFalse();
  }
}
