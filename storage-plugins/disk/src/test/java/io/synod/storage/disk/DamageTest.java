package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.StorageException;
import io.synod.codec.KryoCodec;
import io.synod.storage.file.RealDisk;
import io.synod.testkit.contract.PassiveFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of an area that are not what was written. */
class DamageTest extends PassiveFixture {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final Ballot LOW = ballot(3, N1);
  private static final Ballot HIGH = ballot(7, N1);
  private static final int SLOT = Blocks.PART_BYTES;

  @TempDir
  Path directory;

  @Override
  protected Plugins.Passive plugin() {
    return new DiskPlugin();
  }

  @Override
  protected Settings settings() {
    return Patient.SETTINGS;
  }

  @Override
  protected URI address() {
    return URI.create("disk://" + directory);
  }

  private Path header() {
    return directory.resolve("area-n1/header");
  }

  private Path log() throws IOException {
    try (var files = Files.newDirectoryStream(directory.resolve("area-n1"), "log-*")) {
      return files.iterator().next();
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);
  }

  /** In which slot the header stands that was written last. */
  private static int newest(byte[] header) {
    ByteBuffer in = ByteBuffer.wrap(header);
    return in.getLong(16) > in.getLong(Blocks.PART_DISTANCE + 16) ? 0 : Blocks.PART_DISTANCE;
  }

  private static void fails(ThrowingCallable what, Path file, String more) {
    assertThatThrownBy(what).isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString()).hasMessageContaining(more);
  }

  /** Two ballots, the second of which changes the header. */
  private byte[] writtenTwice() throws Exception {
    try (PassiveStore one = open(N1)) {
      write(one, voted(LOW, 1, "a"));
      byte[] before = Files.readAllBytes(header());
      write(one, voted(HIGH, 2, "b"));
      return before;
    }
  }

  @Test
  void aTornSlotIsNotBelievedButTheOtherOneIs() throws Exception {
    byte[] torn = writtenTwice();
    byte[] after = Files.readAllBytes(header());
    int slot = newest(after);
    System.arraycopy(after, slot, torn, slot, SLOT / 4);
    Files.write(header(), torn);
    assertThat(write(open(N2)).promised()).isEqualTo(LOW);
    assertThat(look(open(NodeId.of("n3"))).promised()).as("the log is whole").isEqualTo(HIGH);
    open(N1);
    assertThat(write(open(NodeId.of("n4"))).promised()).as("mended").isEqualTo(HIGH);
  }

  @Test
  void aSlotThatWasCompleteIsMissed() throws Exception {
    PassiveStore two = open(N2);
    writtenTwice();
    flip(header(), newest(Files.readAllBytes(header())) + 50);
    fails(() -> write(two), header(), "offset 0");
    fails(() -> open(N1), header(), "offset 0");
    fails(() -> open(NodeId.of("n3")), header(), "offset 0");
  }

  @Test
  void withBothSlotsDamagedNobodyIgnoresTheArea() throws Exception {
    PassiveStore two = open(N2);
    writtenTwice();
    flip(header(), 30);
    flip(header(), Blocks.PART_DISTANCE + 30);
    fails(() -> write(two), header(), "offset 0");
    fails(() -> look(two), header(), "offset 0");
    fails(() -> open(N1), header(), "offset 0");
  }

  @Test
  void aHeaderThatIsGoneIsMissed() throws Exception {
    PassiveStore two = open(N2);
    writtenTwice();
    Files.delete(header());
    fails(() -> write(two), header(), "missing");
    fails(() -> open(N1), header(), "missing");
  }

  @Test
  void aTornTailBehindWhatWasDurableIsCut() throws Exception {
    writtenTwice();
    byte[] whole = Files.readAllBytes(log());
    byte[] torn = Arrays.copyOf(whole, whole.length + whole.length / 2 - 3);
    System.arraycopy(whole, 0, torn, whole.length, torn.length - whole.length);
    Files.write(log(), torn);
    assertThat(look(open(N2)).votes()).hasSize(2);
    try (PassiveStore one = open(N1)) {
      assertThat(one.own()).containsExactly(voted(LOW, 1, "a"), voted(HIGH, 2, "b"));
      assertThat(Files.size(log())).isEqualTo(whole.length);
    }
  }

  @Test
  void aFlippedBitInTheLogIsMissedWhereverItIs() throws Exception {
    PassiveStore two = open(N2);
    writtenTwice();
    byte[] whole = Files.readAllBytes(log());
    int second = whole.length / 2;
    for (int at = 0; at < whole.length; at += 7) {
      boolean padding = at % second >= second - padding(whole);
      Files.write(log(), whole);
      flip(log(), at);
      if (padding) {
        assertThat(look(two).votes()).hasSize(2);
      } else {
        fails(() -> look(two), log(), "offset " + (at < second ? 0 : second));
      }
    }
    flip(log(), second);
    fails(() -> open(N1), log(), "offset ");
    assertThat(write(two).promised()).as("the header is sound").isEqualTo(HIGH);
  }

  /** How many bytes of the frames here are there for the alignment only. */
  private static int padding(byte[] log) {
    int length = Integer.reverseBytes(ByteBuffer.wrap(log).getInt(4)) & 0xfff;
    return log.length / 2 - 16 - length;
  }

  @Test
  void aLogThatIsCutShortOrGoneIsMissed() throws Exception {
    PassiveStore two = open(N2);
    writtenTwice();
    Path log = log();
    byte[] whole = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(whole, whole.length - 8));
    fails(() -> look(two), log, "offset " + whole.length / 2);
    fails(() -> open(N1), log, "offset " + whole.length / 2);
    Files.delete(log);
    fails(() -> look(two), log, "missing");
    fails(() -> open(N1), log, "missing");
  }

  @Test
  void theFilesOfAnotherAreaAreNotBelieved() throws Exception {
    writtenTwice();
    try (PassiveStore two = open(N2)) {
      write(two, new Promised(ballot(1, N2)));
    }
    Files.copy(directory.resolve("area-n2/header"), header(),
        StandardCopyOption.REPLACE_EXISTING);
    fails(() -> open(N2), header(), "offset 0");
  }

  @Test
  void aHeaderOfALaterFormatIsRefused() throws Exception {
    writtenTwice();
    Plugins.PassiveUse use =
        new Plugins.PassiveUse("contract", N1, NodeId.of("d1"), LossyFiles.INCARNATION);
    try (Blocks blocks = DirectoryBlocks.open(new RealDisk(), directory, use)) {
      int salt = new AreaReader(blocks, use, new KryoCodec()).salt(N1, Blocks.HEADER);
      ByteBuffer slot = new Header(99, 1, 0, View.EMPTY).slot(salt).putInt(8, 2);
      CRC32C crc = new CRC32C();
      crc.update(slot.slice(0, SLOT - 4));
      slot.putInt(SLOT - 4, (int) crc.getValue() ^ salt);
      byte[] bytes = Files.readAllBytes(header());
      slot.get(0, bytes, 0, SLOT);
      Files.write(header(), bytes);
    }
    fails(() -> open(N1), header(), "version 2");
    fails(() -> open(N2), header(), "version 2");
  }

  @Test
  void anIdentityOfALaterFormatOrNoneIsRefused() throws Exception {
    writtenTwice();
    Path identity = directory.resolve("identity");
    String text = Files.readString(identity);
    Files.writeString(identity, text.replace("synod-disk 1", "synod-disk 2"));
    fails(() -> open(N2), identity, "version 2");
    Files.writeString(identity, text.replace("node d1", "node d7"));
    fails(() -> open(N2), identity, "checksum");
    Files.delete(identity);
    fails(() -> open(N2), directory, "no file 'identity'");
    assertThat(directory.resolve("area-n2")).doesNotExist();
  }

  @Test
  void whatIsSoundIsReadBesideWhatOthersLeft() throws Exception {
    writtenTwice();
    Files.createDirectory(directory.resolve("area-n9"));
    Files.createDirectory(directory.resolve("area-n1.copy"));
    Files.writeString(directory.resolve("area-n1/header.new"), "torn");
    assertThat(look(open(N2)).votes()).extracting(Vote::ballot).containsExactly(LOW, HIGH);
  }
}
