package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotInfo;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every snapshot store keeps. */
public abstract class SnapshotStoreContract extends StorageFixture {
  private static final InstanceId ONE = InstanceId.of(1);
  private static final InstanceId TEN = InstanceId.of(10);

  private static byte[] content(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static SnapshotInfo store(SnapshotStore store, InstanceId last, byte[] content)
      throws IOException {
    try (SnapshotStore.Sink sink = store.create(last)) {
      int half = content.length / 2;
      sink.stream().write(content, 0, half);
      for (int i = half; i < Math.min(half + 10, content.length); i++) {
        sink.stream().write(content[i]);
      }
      int done = Math.min(half + 10, content.length);
      sink.stream().write(content, done, content.length - done);
      return sink.commit();
    }
  }

  private static byte[] newest(SnapshotStore store) throws IOException {
    try (InputStream in = store.openNewest()) {
      return in.readAllBytes();
    }
  }

  @Test
  void thereIsNoneAtFirst() throws Exception {
    SnapshotStore store = open().snapshots();
    assertThat(store.newest()).isEmpty();
    assertThat(store.read(ONE, 0, ByteBuffer.allocate(8))).isEqualTo(-1);
    assertThatThrownBy(store::openNewest).isInstanceOf(StorageException.class);
  }

  @Test
  void contentsOfAllLengthsComeBack() throws Exception {
    SnapshotStore store = open().snapshots();
    int[] lengths = {0, 1, 65535, 65536, 65537, 131072, 1_000_003};
    for (int i = 0; i < lengths.length; i++) {
      byte[] content = content(lengths[i], i);
      InstanceId last = InstanceId.of(i + 1);
      SnapshotInfo info = store(store, last, content);
      assertThat(info).isEqualTo(new SnapshotInfo(last, lengths[i]));
      assertThat(store.newest()).contains(info);
      assertThat(newest(store)).isEqualTo(content);
    }
  }

  @Test
  void nothingIsVisibleBeforeTheCommit() throws Exception {
    SnapshotStore store = open().snapshots();
    store(store, ONE, content(10, 1));
    try (SnapshotStore.Sink sink = store.create(TEN)) {
      sink.stream().write(content(200_000, 2));
      assertThat(store.newest()).contains(new SnapshotInfo(ONE, 10));
      assertThat(store.read(TEN, 0, ByteBuffer.allocate(8))).isEqualTo(-1);
    }
    assertThat(store.newest()).as("after an abort").contains(new SnapshotInfo(ONE, 10));
  }

  @Test
  void theHighestInstanceIsTheNewest() throws Exception {
    SnapshotStore store = open().snapshots();
    store(store, TEN, content(10, 1));
    store(store, ONE, content(11, 2));
    assertThat(store.newest()).contains(new SnapshotInfo(TEN, 10));
  }

  @Test
  void partsCanBeReadInAnyOrder() throws Exception {
    SnapshotStore store = open().snapshots();
    byte[] content = content(300_000, 7);
    store(store, TEN, content);
    int[] offsets = {0, 100_000, 65_530, 299_999, 5};
    for (int offset : offsets) {
      ByteBuffer into = ByteBuffer.allocate(100_000);
      int expected = Math.min(100_000, content.length - offset);
      assertThat(store.read(TEN, offset, into)).isEqualTo(expected);
      assertThat(into.position()).isEqualTo(expected);
      assertThat(Arrays.copyOf(into.array(), expected))
          .isEqualTo(Arrays.copyOfRange(content, offset, offset + expected));
    }
    assertThat(store.read(TEN, content.length, ByteBuffer.allocate(9))).isZero();
  }

  @Test
  void partsWrittenElsewhereGiveTheSameSnapshot() throws Exception {
    SnapshotStore from = open().snapshots();
    byte[] content = content(250_000, 3);
    store(from, TEN, content);
    SnapshotStore to =
        open(directory.resolve("other"), CLUSTER, NODE, FIRST).snapshots();
    try (SnapshotStore.Sink sink = to.create(TEN)) {
      long offset = 0;
      ByteBuffer part = ByteBuffer.allocate(7_777);
      while (from.read(TEN, offset, part.clear()) > 0) {
        sink.stream().write(part.array(), 0, part.position());
        offset += part.position();
      }
      assertThat(sink.commit()).isEqualTo(from.newest().orElseThrow());
    }
    assertThat(newest(to)).isEqualTo(content);
  }

  @Test
  void olderOnesAreDeletedButNeverTheNewest() throws Exception {
    SnapshotStore store = open().snapshots();
    store(store, ONE, content(10, 1));
    store(store, TEN, content(20, 2));
    assertThat(store.read(ONE, 0, ByteBuffer.allocate(4))).isEqualTo(4);
    store.deleteOlderThan(TEN);
    assertThat(store.read(ONE, 0, ByteBuffer.allocate(4))).isEqualTo(-1);
    store.deleteOlderThan(InstanceId.of(100));
    assertThat(store.newest()).contains(new SnapshotInfo(TEN, 20));
    assertThat(newest(store)).isEqualTo(content(20, 2));
  }

  @Test
  void committedOnesSurviveARestart() throws Exception {
    assumeTrue(plugin().durable());
    byte[] content = content(100_000, 5);
    try (Storage storage = open()) {
      store(storage.snapshots(), TEN, content);
      storage.snapshots().create(InstanceId.of(11)).stream().write(content);
    }
    SnapshotStore store = open().snapshots();
    assertThat(store.newest()).contains(new SnapshotInfo(TEN, content.length));
    assertThat(newest(store)).isEqualTo(content);
  }
}
