package io.synod.testkit.contract;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.passive.Area;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.codec.KryoCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Opens passive acceptors for the contract and closes what a test left open. */
public abstract class PassiveFixture {
  static final String CLUSTER = "contract";
  static final NodeId DISK = NodeId.of("d1");
  static final NodeId ONE = NodeId.of("n1");
  static final NodeId TWO = NodeId.of("n2");
  static final Incarnation FIRST = new Incarnation(0x1234_5678_9abcL);
  static final Configuration CONFIGURATION = new Configuration(
      List.of(Member.founding("n1", "127.0.0.1:7001"), Member.founding("n2", "127.0.0.1:7002"),
          Member.founding("n3", "127.0.0.1:7003")), "majority");
  static final Optional<InstanceId> ALL = Optional.of(InstanceId.FIRST);

  private final List<PassiveStore> opened = Collections.synchronizedList(new ArrayList<>());

  /** The plugin under test. */
  protected abstract Plugins.Passive plugin();

  /** Where the acceptor of this test is: empty before the test, the same for all of it. */
  protected abstract URI address();

  /** Settings to open with. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(PassiveStore::close);
  }

  /** Opens the acceptor for that process. */
  protected PassiveStore open(NodeId process) throws StorageException {
    return open(CLUSTER, process, DISK, FIRST);
  }

  /** Opens it for whoever and as whatever. */
  protected PassiveStore open(
      String cluster, NodeId process, NodeId member, Incarnation incarnation)
      throws StorageException {
    PassiveStore store = plugin().open(address(),
        new Plugins.PassiveUse(cluster, process, member, incarnation), new KryoCodec(),
        settings());
    opened.add(store);
    return store;
  }

  /** Writes the records in the highest ballot there is and looks without votes. */
  protected static View write(PassiveStore store, DurableRecord... records)
      throws StorageException {
    return store.exchange(
        new Step(new Ballot(Ballot.MAX_N, ONE, 0), List.of(records), Optional.empty()));
  }

  /** Only looks, at votes as well. */
  protected static View look(PassiveStore store) throws StorageException {
    return store.exchange(new Step(Ballot.BOTTOM, List.of(), ALL));
  }

  /** What these records amount to. */
  protected static View amount(List<DurableRecord> records) {
    Area area = new Area();
    records.forEach(area::apply);
    return area.view(ALL);
  }

  /** A ballot of that process. */
  protected static Ballot ballot(long n, NodeId of) {
    return new Ballot(n, of, 0);
  }

  /** Votes from that instance on. */
  protected static DurableRecord.Voted voted(Ballot ballot, long first, String... values) {
    return new DurableRecord.Voted(ballot, InstanceId.of(first),
        List.of(values).stream().map(PassiveFixture::value).toList());
  }

  /** A value that holds this text. */
  protected static Value value(String text) {
    byte[] bytes = (' ' + text).getBytes(StandardCharsets.UTF_8);
    bytes[0] = (byte) Value.Kind.BATCH.ordinal();
    return Value.of(bytes);
  }
}
