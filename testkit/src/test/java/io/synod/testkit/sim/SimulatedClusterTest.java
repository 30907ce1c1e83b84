package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A correct machine passes; each way to break the contract of a state machine is found. */
class SimulatedClusterTest {
  private static <M extends StateMachine> SimulatedCluster<M> cluster(Supplier<M> machine) {
    return SimulatedCluster.of(machine)
        .commands(random -> Account.bytes(1 + random.nextInt(100)))
        .queries(random -> new byte[] {1})
        .seconds(3).seeds(1, 6);
  }

  private static void found(String property, Supplier<? extends StateMachine> machine) {
    assertThatThrownBy(() -> cluster(machine).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "(?s)(" + property + ") does not hold under variant fall with seed .*")
        .hasMessageContaining("-Dseed=");
  }

  @Test
  void aCorrectMachinePassesUnderEveryVariant() {
    for (String variant : Variants.names()) {
      cluster(Account::new).variant(variant).seeds(1, 2).check();
    }
  }

  @Test
  void anotherResultOnAnotherReplicaIsFound() {
    AtomicLong clock = new AtomicLong();
    found("SameResult", () -> new Account() {
      @Override
      public byte[] apply(Context context, ByteBuffer command) {
        super.apply(context, command);
        return bytes(clock.incrementAndGet());
      }
    });
  }

  @Test
  void anotherStateOnAnotherReplicaIsFoundEvenIfResultsAreEqual() {
    AtomicLong instances = new AtomicLong();
    found("StateByInstance|SnapshotEquivalence", () -> new Account() {
      private final long own = instances.incrementAndGet();

      @Override
      public byte[] apply(Context context, ByteBuffer command) {
        super.apply(context, command);
        commands += own;
        return bytes(1);
      }

      @Override
      public byte[] query(ByteBuffer query) {
        return bytes(1);
      }
    });
  }

  @Test
  void aSnapshotThatForgetsSomethingIsFound() {
    found("SnapshotEquivalence", () -> new Account() {
      @Override
      public void restore(InputStream snapshot) throws IOException {
        super.restore(snapshot);
        commands = 0;
      }
    });
  }

  @Test
  void aQueryThatChangesTheStateIsFound() {
    found("QueryChangesNothing", () -> new Account() {
      @Override
      public byte[] query(ByteBuffer query) {
        commands++;
        return bytes(sum);
      }
    });
  }

  @Test
  void aCommandThatThrowsIsFoundAndShown() {
    Supplier<Account> machine = () -> new Account() {
      @Override
      public byte[] apply(Context context, ByteBuffer command) {
        if (commands == 20) {
          throw new IllegalArgumentException("twenty is enough");
        }
        return super.apply(context, command);
      }
    };
    found("StateMachine", machine);
    assertThatThrownBy(() -> cluster(machine).check())
        .hasMessageContaining("apply at command number 21")
        .hasMessageContaining("twenty is enough");
  }

  @Test
  void aBufferThatIsKeptIsFound() {
    found("SequentialModel", () -> new Account() {
      private ByteBuffer kept = ByteBuffer.allocate(Long.BYTES);

      @Override
      public byte[] apply(Context context, ByteBuffer command) {
        kept = command;
        return super.apply(context, command);
      }

      @Override
      public byte[] query(ByteBuffer query) {
        return bytes(kept.getLong(0));
      }
    });
  }

  @Test
  void aModelThatDisagreesIsFound() {
    assertThatThrownBy(() -> cluster(Account::new).model(() -> new Account() {
      @Override
      public byte[] query(ByteBuffer query) {
        return bytes(Math.min(sum, 1_000));
      }
    }).check()).hasMessageStartingWith("SequentialModel does not hold");
  }

  @Test
  void statesMayBeComparedByOtherBytesThanTheSnapshot() {
    AtomicLong snapshots = new AtomicLong();
    Supplier<Account> machine = () -> new Account() {
      @Override
      public SnapshotContent snapshot() {
        byte[] view = bytes(sum, commands, snapshots.incrementAndGet());
        return out -> out.write(view);
      }
    };
    // As two replicas at one instance, or as one before and after a query: whichever comes first.
    assertThatThrownBy(() -> cluster(machine).check()).isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s)(QueryChangesNothing|StateByInstance) does not hold .*");
    cluster(machine).state(account -> Account.bytes(account.sum, account.commands)).check();
  }

  @Test
  void oneSeedIsOneRun() {
    assertThat(cluster(Account::new).run(4).traceHash())
        .isEqualTo(cluster(Account::new).run(4).traceHash())
        .isNotEqualTo(cluster(Account::new).run(5).traceHash());
  }

  @Test
  void whatIsMissingOrWrongIsSaid() {
    assertThatThrownBy(() -> SimulatedCluster.of(Account::new).check())
        .isInstanceOf(IllegalStateException.class).hasMessageContaining(".commands(");
    assertThatThrownBy(() -> cluster(Account::new).seeds(3, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cluster(Account::new).nodes(10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cluster(Account::new).variant("autumn").check())
        .hasMessageContaining("autumn");
  }
}
