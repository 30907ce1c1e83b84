package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.passive.Area;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.codec.KryoCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The power goes at any moment of any step, again and again. */
class PowerLossTest {
  private static final NodeId ONE = NodeId.of("n1");
  private static final NodeId TWO = NodeId.of("n2");
  private static final Optional<InstanceId> ALL = Optional.of(InstanceId.FIRST);
  private static final int SEEDS = 200;
  private static final int LIVES = 6;

  /** What one process has written, and what it had under way when the power went. */
  private static final class Life {
    final List<DurableRecord> answered = new ArrayList<>();
    List<DurableRecord> underWay = List.of();
    long ballot = 1;
    long instance = 1;
  }

  @Test
  void whatWasAnsweredIsThereAndWhatWasUnderWayIsAPrefix() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      LossyFiles files = new LossyFiles(random);
      Life life = new Life();
      for (int i = 0; i < LIVES; i++) {
        live(files, life, random);
        files.losePower();
        othersSee(files, life, "seed " + seed + ", life " + i);
        ownerFinds(files, life, "seed " + seed + ", life " + i);
      }
    }
  }

  private static void live(LossyFiles files, Life life, Random random) {
    files.dieAt(1 + random.nextInt(30));
    try {
      DiskStore store = open(files, ONE);
      while (true) {
        life.underWay = records(life, random);
        store.exchange(new Step(Ballot.BOTTOM, life.underWay, Optional.empty()));
        life.answered.addAll(life.underWay);
        life.underWay = List.of();
      }
    } catch (StorageException e) {
      assertThat(e).hasMessageContaining("the power is gone");
    }
  }

  private static List<DurableRecord> records(Life life, Random random) {
    List<DurableRecord> records = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      life.ballot++;
    }
    Ballot ballot = new Ballot(life.ballot, ONE, 0);
    if (random.nextInt(8) == 0) {
      InstanceId next = InstanceId.of(life.instance);
      return List.of(new DurableRecord.Checkpoint(0, false, Map.of(), ballot, Optional.empty(),
          next, next, Era.ZERO, new Eras(Era.ZERO, Era.ZERO, Map.of()), Ballot.BOTTOM,
          InstanceId.of(life.instance - 1), List.of()));
    }
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      records.add(random.nextInt(4) == 0 ? new DurableRecord.Promised(ballot)
          : new DurableRecord.Voted(ballot, InstanceId.of(life.instance++), values(random)));
    }
    return records;
  }

  private static List<Value> values(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(2000)];
    random.nextBytes(bytes);
    bytes[0] = (byte) Value.Kind.BATCH.ordinal();
    return List.of(Value.of(bytes));
  }

  /** Before the owner is back. */
  private static void othersSee(LossyFiles files, Life life, String where) throws Exception {
    DiskStore other = open(files, TWO);
    View said = other.exchange(new Step(Ballot.BOTTOM, List.of(), Optional.empty()));
    View expected = amount(life.answered, 0);
    assertThat(said.promised()).as(where).isGreaterThanOrEqualTo(expected.promised());
    assertThat(said.kept()).as(where).isGreaterThanOrEqualTo(expected.kept());
    assertThat(other.exchange(new Step(Ballot.BOTTOM, List.of(), ALL))).as(where)
        .isIn(possible(life));
  }

  private static void ownerFinds(LossyFiles files, Life life, String where) throws Exception {
    List<DurableRecord> own = open(files, ONE).own();
    View found = amount(own, 0);
    assertThat(found).as(where).isIn(possible(life));
    View said = open(files, TWO).exchange(new Step(Ballot.BOTTOM, List.of(), Optional.empty()));
    assertThat(said.promised()).as(where + ": the header covers the log")
        .isEqualTo(found.promised());
    life.answered.clear();
    life.answered.addAll(own);
    life.underWay = List.of();
  }

  private static List<View> possible(Life life) {
    List<DurableRecord> all = new ArrayList<>(life.answered);
    all.addAll(life.underWay);
    List<View> possible = new ArrayList<>();
    for (int without = life.underWay.size(); without >= 0; without--) {
      possible.add(amount(all, without));
    }
    return possible;
  }

  private static View amount(List<DurableRecord> records, int without) {
    Area area = new Area();
    records.subList(0, records.size() - without).forEach(area::apply);
    return area.view(ALL);
  }

  private static DiskStore open(LossyFiles files, NodeId process) throws StorageException {
    PassiveUse use =
        new PassiveUse("lossy", process, NodeId.of("d1"), LossyFiles.INCARNATION);
    return DiskStore.open(files.of(process), use, new KryoCodec());
  }
}
