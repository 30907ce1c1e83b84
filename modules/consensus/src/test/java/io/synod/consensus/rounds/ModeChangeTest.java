package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.World.N1;
import static io.synod.consensus.rounds.World.THREE;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A running leader of three goes from fast to classic and back, with commands on their way. */
class ModeChangeTest {
  private final World world =
      new World(ConsensusMode.FAST, THREE.mode(ConsensusMode.FAST));
  private final WorldNode leader = world.node(N1);
  private final List<Value> proposed = new ArrayList<>();
  private Era era = Era.ZERO;

  private void propose(Value value) {
    proposed.add(value);
    leader.proposer().propose(value);
  }

  private void change(ConsensusMode mode) {
    propose(new Reconfigure(era, THREE.mode(mode)).encode());
    era = era.next();
  }

  /** Until nothing moves; the ballots of the reads that it took. */
  private List<String> run() {
    TreeSet<String> reads = new TreeSet<>();
    leader.turn(List.of());
    boolean moved = true;
    while (moved) {
      List<World.Sent> taken = world.step();
      taken.stream().map(World.Sent::message).filter(Prepare.class::isInstance)
          .forEach(message -> reads.add(((Prepare) message).ballot().toString()));
      moved = !taken.isEmpty();
    }
    return List.copyOf(reads);
  }

  @Test
  void nothingIsLostFromFastToClassicAndBack() {
    leader.lead();
    run();
    propose(value(1));
    change(ConsensusMode.CLASSIC);
    propose(value(2));
    propose(value(3));
    assertThat(run()).as("the change itself takes no read").isEmpty();
    assertThat(leader.proposer().era()).isEqualTo(era);
    propose(value(4));
    assertThat(run()).containsExactly("(1,n1,2)");
    change(ConsensusMode.FAST);
    propose(value(5));
    assertThat(run()).as("a round of the old mode, and the one that opens the new")
        .containsExactly("(1,n1,3)", "(1,n1,4)");
    assertThat(leader.proposer().era()).isEqualTo(era);
    propose(value(6));
    propose(value(7));
    assertThat(run()).isEmpty();
    assertThat(leader.decided()).isEqualTo(proposed);
  }
}
