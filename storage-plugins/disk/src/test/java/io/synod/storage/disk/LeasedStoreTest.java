package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import io.synod.testkit.contract.PassiveStoreContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class LeasedStoreTest extends PassiveStoreContract {
  @TempDir
  Path directory;

  private final Queue<Driven> driven = new ConcurrentLinkedQueue<>();
  private String times;

  /** Where the lease changes hands some hundred times, a claim must not take long. */
  @BeforeEach
  void choose(TestInfo test) {
    times = test.getDisplayName().startsWith("ofTwoStepsAtOnce")
        ? "?write=30ms&lease=300ms" : "?write=200ms&lease=1500ms";
  }

  @Override
  protected Plugins.Passive plugin() {
    return new LeasedPlugin();
  }

  @Override
  protected Settings settings() {
    return Patient.SETTINGS;
  }

  @Override
  protected URI address() {
    return URI.create("leased://" + directory + times);
  }

  @Override
  protected PassiveStore open(
      String cluster, NodeId process, NodeId member, Incarnation incarnation)
      throws StorageException {
    Driven store = new Driven(() -> super.open(cluster, process, member, incarnation));
    driven.add(store);
    return store;
  }

  /** Before what they drive is closed, which they would open again. */
  @AfterEach
  void closeDriven() {
    driven.forEach(Driven::close);
  }
}
