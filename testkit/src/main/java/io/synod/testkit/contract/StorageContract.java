package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Slot;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What every storage plugin keeps about whose a store is. Extend it together with {@link
 * JournalContract} and {@link SnapshotStoreContract}.
 */
public abstract class StorageContract extends StorageFixture {
  @Test
  void thePluginIsFoundAndDescribed() {
    assertThat(plugin().slot()).isEqualTo(Slot.STORAGE);
    assertThat(plugin().name()).isNotBlank();
    assertThat(plugin().meaning()).isNotBlank();
    assertThat(ServiceLoader.load(Plugin.class).stream().map(ServiceLoader.Provider::type))
        .as("META-INF/services").anyMatch(type -> type == plugin().getClass());
  }

  @Test
  void aNewStoreHasTheGivenIdentityAndSaysThatItIsFresh() throws Exception {
    Storage storage = open();
    assertThat(storage.identity()).isEqualTo(new StoreIdentity(CLUSTER, NODE, FIRST));
    assertThat(storage.fresh()).isTrue();
    assertThat(storage.durable()).isEqualTo(plugin().durable());
  }

  @Test
  void closingIsIdempotent() throws Exception {
    Storage storage = open();
    storage.close();
    storage.close();
  }

  @Test
  void reopeningKeepsTheFirstIncarnation() throws Exception {
    assumeTrue(plugin().durable());
    open().close();
    Storage again = open(directory.resolve("a/store"), CLUSTER, NODE, new Incarnation(99));
    assertThat(again.identity().incarnation()).isEqualTo(FIRST);
    assertThat(again.fresh()).isFalse();
  }

  @Test
  void anotherNodesOrClustersStoreIsRefused() throws Exception {
    assumeTrue(plugin().durable());
    open().close();
    Path where = directory.resolve("a/store");
    assertThatThrownBy(() -> open(where, CLUSTER, NodeId.of("n2"), FIRST))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("a/store").hasMessageContaining("n1").hasMessageContaining("n2");
    assertThatThrownBy(() -> open(where, "elsewhere", NODE, FIRST))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("a/store").hasMessageContaining("elsewhere")
        .hasMessageContaining(CLUSTER);
    assertThat(open().fresh()).as("and was not touched").isFalse();
  }

  @Test
  void aStoreInUseIsRefusedUntilItIsClosed() throws Exception {
    assumeTrue(plugin().durable());
    Storage first = open();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::open).isInstanceOf(StorageException.class)
          .hasMessageContaining("a/store").hasMessageContaining("in use");
    }
    first.close();
    open();
  }

  @Test
  void aDirectoryOfOtherThingsIsRefusedAndLeftAlone() throws Exception {
    assumeTrue(plugin().durable());
    Path letters = Files.createDirectory(directory.resolve("letters"));
    Files.writeString(letters.resolve("letter.txt"), "Dear");
    assertThatThrownBy(() -> open(letters, CLUSTER, NODE, FIRST))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("letters").hasMessageContaining("empty");
    assertThat(letters).isDirectoryContaining("glob:**/letter.txt");
    try (var files = Files.list(letters)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aPlaceWhereNoDirectoryCanBeIsRefused() throws Exception {
    assumeTrue(plugin().durable());
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> open(file.resolve("below"), CLUSTER, NODE, FIRST))
        .isInstanceOf(StorageException.class).hasMessageContaining("below");
    assertThatThrownBy(() -> open(file, CLUSTER, NODE, FIRST))
        .isInstanceOf(StorageException.class).hasMessageContaining("file");
  }
}
