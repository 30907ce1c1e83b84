package io.synod.testkit.sabotage;

import io.synod.api.model.Ballot;
import io.synod.api.model.OneC;
import io.synod.api.reconfig.Authority;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.register.RoundBasedRegister;
import io.synod.reconfig.master.MasterState;
import io.synod.testkit.forward.ForwardingAuthority;
import io.synod.testkit.forward.ForwardingRegister;
import io.synod.testkit.forward.ForwardingWrites;
import io.synod.testkit.sim.Alteration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The rules of the configuration master (Vertical Paxos). */
final class MasterMutants {
  private MasterMutants() {}

  static List<Sabotage> all() {
    return List.of(
        master("phase-1-unregistered", "a new leader does not tell the master of its ballot",
            "a ballot is registered before its phase 1",
            parts -> parts.reconfig(Unregistered::new)),
        master("made-below-registered", "the master forgets which ballots were registered",
            "an era is made in a ballot that is not below any registered one",
            parts -> parts.master(Forgetful::new)),
        new Sabotage(
            "read-quorum-confirms", "a leader gives read indices once a read quorum confirms",
            "a later leader writes in another era only: a write quorum confirms (Vertical Paxos)",
            parts -> parts.register(PassedOver::new)).in("vertical"));
  }

  private static Sabotage master(
      String name, String meaning, String rule, Alteration alteration) {
    return new Sabotage(name, meaning, rule, alteration).in("vertical").whileReconfiguring();
  }

  private static final class PassedOver extends ForwardingRegister {
    PassedOver(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void adopt(OneC oneC, boolean opens, WriteListener listener) {
      inner.adopt(oneC, opens, new ForwardingWrites(listener) {
        @Override
        public boolean mayBePassedOver() {
          return false;
        }
      });
    }
  }

  private static final class Unregistered extends ForwardingAuthority {
    Unregistered(Authority inner) {
      super(inner);
    }

    @Override
    public void register(Ballot ballot, Consumer<Standing> then) {
      then.accept(new Standing(Ballot.BOTTOM, active()));
    }
  }

  /** Shows the state without the highest ballot, and puts back what comes of that. */
  private static final class Forgetful implements MasterCell {
    private final MasterCell inner;
    private byte[] real = {};

    Forgetful(MasterCell inner) {
      this.inner = inner;
    }

    @Override
    public void swap(byte[] expected, byte[] update, Consumer<byte[]> then) {
      byte[] put = Arrays.equals(expected, update) ? real : update;
      inner.swap(real, put, inForce -> {
        real = inForce;
        then.accept(Arrays.equals(put, inForce) ? update : withoutBallot(inForce));
      });
    }

    private static byte[] withoutBallot(byte[] state) {
      return state.length == 0 ? state
          : new MasterState(Ballot.BOTTOM, MasterState.decode(state).eras()).encode();
    }
  }
}
