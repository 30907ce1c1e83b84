package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.World.N1;
import static io.synod.consensus.rounds.World.N2;
import static io.synod.consensus.rounds.World.N3;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.reconfig.MasterCell;
import io.synod.quorum.AllPlugin;
import io.synod.reconfig.master.MasterReconfigPlugin;
import io.synod.reconfig.master.MasterState;
import io.synod.register.acceptor.Durability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Vertical Paxos: a master keeps who the acceptors are; all of them write, one is read. */
class MasterTranscriptTest {
  private static final Configuration ALL = new Configuration(World.THREE.members(), "all");

  private final Transcript transcript = new Transcript();
  private final Master master = new Master();
  private final World world = new World(ConsensusMode.FAST, ALL, new Layers(
      Durability.STABLE, new AllPlugin(), context -> new MasterReconfigPlugin().create(
          context, master.at(context.self()))));

  /** One value under compare-and-set; what is asked is answered one delay later. */
  private final class Master {
    private final List<Runnable> asked = new ArrayList<>();
    private byte[] inForce = {};

    MasterCell at(NodeId node) {
      return (expected, update, then) ->
          asked.add(() -> swap(node, new byte[][] {expected, update}, then));
    }

    private void swap(NodeId node, byte[][] swap, Consumer<byte[]> then) {
      boolean done = Arrays.equals(swap[0], inForce);
      transcript.line(node + " -> master  " + text(swap[1]));
      inForce = done ? swap[1] : inForce;
      transcript.line("master -> " + node + "  " + (done ? "done" : "no: " + text(inForce)));
      then.accept(inForce);
    }

    private String text(byte[] bytes) {
      MasterState state = MasterState.decode(bytes);
      return state.highest() + ", complete " + state.eras().active() + ", made "
          + state.eras().made() + " of "
          + state.eras().configurations().get(state.eras().made()).acceptors();
    }

    boolean answer() {
      List<Runnable> now = List.copyOf(asked);
      asked.clear();
      now.forEach(Runnable::run);
      return !now.isEmpty();
    }
  }

  private void run(String what) {
    transcript.heading(what);
    boolean moved = true;
    while (moved) {
      moved = master.answer();
      world.all().forEach(node -> node.turn(List.of()));
      List<World.Sent> taken = world.step();
      if (!taken.isEmpty()) {
        transcript.delay(taken);
        moved = true;
      }
    }
  }

  @Test
  void leadersRegisterAndOneMakesAnEraWithoutAnAcceptorThatIsSilent() throws IOException {
    WorldNode first = world.node(N1);
    WorldNode second = world.node(N2);
    WorldNode third = world.node(N3);
    first.lead();
    run("n1 leads");
    first.proposer().propose(value(1));
    run("v1 is decided once all have voted");
    assertThat(first.decided()).containsExactly(value(1));
    second.learnFrom(first);
    third.learnFrom(first);

    world.hold(sent -> sent.from().equals(N1) || sent.to().equals(N1));
    second.lead();
    run("n1 has crashed; n2 leads: one 1b is enough, but n1 stores no 1c");
    second.proposer().make(
        new Reconfigure(Era.ZERO, new Configuration(ALL.members().subList(1, 3), "all")));
    second.proposer().propose(value(2));
    run("n2 has an era without n1 made, and goes on in its next ballot");
    assertThat(second.decided()).containsExactly(value(1), value(2));
    third.learnFrom(second);

    third.lead();
    run("n3 leads: it hears of the era that is complete, and asks nobody else");
    third.proposer().propose(value(3));
    run("v3 is decided");
    assertThat(third.decided()).containsExactly(value(1), value(2), value(3));
    transcript.isAsIn("master.txt");
  }
}
