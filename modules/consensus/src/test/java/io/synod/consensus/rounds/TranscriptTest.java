package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.World.N1;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.ConsensusMode;
import io.synod.api.storage.DurableRecord;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one command costs a prepared leader of three: every message and every record of a run,
 * compared with a text that people can read.
 */
class TranscriptTest {
  private final Transcript transcript = new Transcript();
  private int messages;
  private int records;
  private int delays;
  private int forces;

  /** Leads with n1 until nothing moves, then proposes one command and writes down the rest. */
  private void oneCommand(ConsensusMode mode) {
    World world = new World(mode);
    WorldNode leader = world.node(N1);
    leader.lead();
    world.run();
    List<Integer> before = world.all().stream().map(n -> n.persisted().size()).toList();
    leader.proposer().propose(value(1));
    leader.turn(List.of());
    boolean moved = true;
    while (moved) {
      moved = step(world, leader);
    }
    assertThat(leader.decided()).containsExactly(value(1));
    for (int i = 0; i < before.size(); i++) {
      List<DurableRecord> all = world.all().get(i).persisted();
      for (DurableRecord record : all.subList(before.get(i), all.size())) {
        records++;
        transcript.line(world.all().get(i).id() + " wrote " + record.getClass().getSimpleName());
      }
    }
    transcript.line("decided after " + delays + " message delays and " + forces + " forced writes");
    transcript.line(messages + " messages between nodes, " + records + " records");
  }

  private boolean step(World world, WorldNode leader) {
    boolean undecided = leader.decided().isEmpty();
    List<World.Sent> taken = world.step();
    transcript.delay(taken);
    messages += (int) taken.stream().filter(World.Sent::remote).count();
    if (undecided && !leader.decided().isEmpty()) {
      delays = leader.delays();
      forces = leader.forces();
    }
    return !taken.isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void oneCommandIsAsTheTranscriptSays(ConsensusMode mode) throws IOException {
    oneCommand(mode);
    transcript.isAsIn("one-command-" + mode.name().toLowerCase(Locale.ROOT) + ".txt");
  }

  @Test
  void fastCostsOneRoundTripAndOneForcedWrite() {
    oneCommand(ConsensusMode.FAST);
    assertThat(delays).isEqualTo(2);
    assertThat(forces).isEqualTo(1);
    assertThat(messages).as("2a and 2b, to and from two others").isEqualTo(4);
    assertThat(records).as("one vote each").isEqualTo(3);
  }

  @Test
  void classicCostsTwoRoundTripsAndTwoForcedWrites() {
    oneCommand(ConsensusMode.CLASSIC);
    assertThat(delays).isEqualTo(4);
    assertThat(forces).isEqualTo(2);
    assertThat(records).as("promise, 1c and vote each").isEqualTo(9);
  }
}
