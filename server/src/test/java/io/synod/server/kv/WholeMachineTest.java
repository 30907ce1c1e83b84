package io.synod.server.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.storage.SnapshotContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeMachineTest {
  private final Machine kv = new Machine();

  @ParameterizedTest
  @EnumSource(Op.class)
  void everyOperationRefusesAWrongNumberOfArguments(Op op) {
    int wrong = op.takes(0) ? 50 : 0;
    if (!op.takes(wrong)) {
      String[] arguments = new String[wrong];
      Arrays.fill(arguments, "1");
      assertThat(kv.apply(KvCodec.encode(op, arguments)))
          .isEqualTo("-ERR wrong number of arguments for '" + op.lower() + "' command");
    }
  }

  @ParameterizedTest
  @EnumSource(Op.class)
  void aQueryNeverWrites(Op op) {
    kv.apply("SET", "1", "1");
    long before = kv.machine.digest();
    byte[] write = KvCodec.encode(op, words(op));
    Machine.text(kv.machine.query(ByteBuffer.wrap(write)));
    Machine.text(kv.machine.query(ByteBuffer.wrap(KvCodec.encode(Op.MULTI, write))));
    kv.machine.query(ByteBuffer.wrap(KvCodec.once("c", 1, write)));
    kv.apply(KvCodec.encode(Op.READS, write));
    assertThat(kv.machine.digest()).isEqualTo(before);
  }

  private static String[] words(Op op) {
    int count = 0;
    while (!op.takes(count)) {
      count++;
    }
    String[] words = new String[count];
    Arrays.fill(words, "1");
    return words;
  }

  @Test
  void multiIsOneCommandWhoseErrorsStayApart() {
    byte[] multi = KvCodec.encode(Op.MULTI, Machine.encode("SET", "k", "x"),
        Machine.encode("INCR", "k"), Machine.encode("GET", "k"));
    assertThat(kv.apply(multi))
        .isEqualTo("*3 +OK -ERR value is not an integer or out of range $1 x");
    byte[] malformed = KvCodec.encode(Op.MULTI, Machine.encode("SET", "k", "y"), new byte[] {99});
    assertThat(kv.apply(malformed)).isEqualTo("-ERR malformed command");
    assertThat(kv.query("GET", "k")).isEqualTo("$1 x");
    assertThat(kv.apply("MULTI")).isEqualTo("*0");
  }

  @Test
  void onceTakesEffectOnceAndRemembersItsReply() {
    assertThat(once("c", 5, "INCR", "n")).isEqualTo(":1");
    assertThat(once("c", 5, "INCR", "n")).isEqualTo(":1");
    assertThat(once("d", 5, "INCR", "n")).isEqualTo(":2");
    assertThat(once("c", 6, "INCR", "n")).isEqualTo(":3");
    assertThat(once("c", 5, "INCR", "n")).isEqualTo(":1");
    assertThat(once("c", 4, "INCR", "n")).startsWith("-ERR ONCE 4 was not done");
    assertThat(kv.query("GET", "n")).isEqualTo("$1 3");
    for (int i = 7; i < 7 + OnceTable.REMEMBERED; i++) {
      once("c", i, "INCR", "m");
    }
    assertThat(once("c", 5, "INCR", "n")).endsWith("outcome unknown");
    assertThat(once("c", -1, "INCR", "n")).startsWith("-ERR a sequence number");
    assertThat(once("", 1, "INCR", "n")).startsWith("-ERR a client's name");
    assertThat(kv.query("GET", "n")).isEqualTo("$1 3");
  }

  @Test
  void onceRemembersErrorsAndForgetsAfterADay() {
    kv.apply("SET", "k", "x");
    assertThat(once("c", 1, "INCR", "k")).startsWith("-ERR value");
    kv.apply("SET", "k", "1");
    assertThat(once("c", 1, "INCR", "k")).startsWith("-ERR value");
    kv.time += 24 * 3_600_000L;
    assertThat(once("c", 1, "INCR", "k")).startsWith("-ERR value");
    kv.time += 3_600_000L;
    assertThat(once("c", 1, "INCR", "k")).isEqualTo(":2");
  }

  private String once(String client, long sequence, String... words) {
    return kv.apply(KvCodec.once(client, sequence, Machine.encode(words)));
  }

  @Test
  void anyBytesAreAnsweredWithoutThrowing() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(30));
      }
      assertThat(kv.apply(bytes)).isNotEmpty();
    }
    assertThat(kv.apply(new byte[] {1, -1, -1, -1, -1, 7})).isEqualTo("-ERR malformed command");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aSnapshotTakenUnderWritesIsTheStateOfItsMoment(long seed) throws IOException {
    Random random = new Random(seed);
    Machine twin = new Machine();
    step(random, 3000, kv, twin);
    SnapshotContent first = kv.machine.snapshot();
    final long atFirst = kv.machine.digest();
    final long firstTime = kv.time;
    step(random, 3000, kv, twin);
    SnapshotContent second = kv.machine.snapshot();
    final long atSecond = kv.machine.digest();
    final long secondTime = kv.time;
    step(random, 3000, kv, twin);
    Machine copy = Machine.restored(write(first), firstTime);
    assertThat(copy.machine.digest()).isEqualTo(atFirst);
    first.release();
    step(random, 3000, kv, twin);
    Machine later = Machine.restored(write(second), secondTime);
    assertThat(later.machine.digest()).isEqualTo(atSecond);
    second.release();
    assertThat(kv.machine.digest()).isEqualTo(twin.machine.digest());
    Machine last = Machine.restored(kv.snapshot(), kv.time);
    step(random, 3000, kv, last);
    assertThat(last.machine.digest()).isEqualTo(kv.machine.digest());
    assertThat(last.query("KEYS", "*")).isEqualTo(kv.query("KEYS", "*"));
  }

  private static byte[] write(SnapshotContent content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    return out.toByteArray();
  }

  private static void step(Random random, int steps, Machine... machines) {
    for (int i = 0; i < steps; i++) {
      byte[] command = randomCommand(random);
      int passed = random.nextInt(20);
      String reply = null;
      for (Machine machine : machines) {
        machine.time += passed;
        String answer = machine.apply(command);
        assertThat(reply == null || reply.equals(answer)).isTrue();
        reply = answer;
      }
    }
  }

  private static byte[] randomCommand(Random random) {
    String key = "k" + random.nextInt(300);
    return switch (random.nextInt(9)) {
      case 0 -> Machine.encode("SET", key, "v" + random.nextInt(), "PX",
          "" + (1 + random.nextInt(20_000)));
      case 1 -> Machine.encode("INCR", key);
      case 2 -> Machine.encode("DEL", key);
      case 3 -> Machine.encode("APPEND", key, "7");
      case 4 -> Machine.encode("EXPIRE", key, "" + (random.nextInt(20) - 1));
      case 5 -> KvCodec.once("c" + random.nextInt(20), random.nextInt(1000),
          Machine.encode("INCR", key));
      case 6 -> KvCodec.encode(Op.MULTI, Machine.encode("INCR", key),
          Machine.encode("PERSIST", key));
      case 7 -> random.nextInt(500) == 0 ? Machine.encode("FLUSHALL") : Machine.encode("GET", key);
      default -> Machine.encode("SET", key, "" + random.nextInt(1000));
    };
  }

  @Test
  void aDamagedSnapshotIsRefusedAndTheStateStays() throws IOException {
    kv.apply("SET", "k", "v");
    once("c", 1, "INCR", "n");
    byte[] whole = kv.snapshot();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> kv.machine.restore(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
    assertThat(kv.query("GET", "k")).isEqualTo("$1 v");
  }

  @Test
  void theDigestTellsStatesApart() {
    final long empty = kv.machine.digest();
    kv.apply("SET", "ab", "c");
    final long one = kv.machine.digest();
    kv.apply("DEL", "ab");
    assertThat(kv.machine.digest()).isEqualTo(empty);
    kv.apply("SET", "a", "bc");
    assertThat(kv.machine.digest()).isNotEqualTo(one).isNotEqualTo(empty);
    assertThat(kv.query("DIGEST")).isEqualTo("$16 " + String.format("%016x", kv.machine.digest()));
  }
}
