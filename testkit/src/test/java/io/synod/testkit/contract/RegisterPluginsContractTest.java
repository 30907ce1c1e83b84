package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.storage.DurableRecord;
import io.synod.register.plugin.StableRegisterPlugin;
import io.synod.register.plugin.VolatileRegisterPlugin;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RegisterPluginsContractTest {
  @Nested
  class Stable extends AcceptorContract {
    @Override
    protected Plugins.Register plugin() {
      return new StableRegisterPlugin();
    }
  }

  @Nested
  class Volatile extends AcceptorContract {
    @Override
    protected Plugins.Register plugin() {
      return new VolatileRegisterPlugin();
    }
  }

  @Test
  void anAcceptorThatForgetsItsPromiseOnRestartFails() {
    fails(new Spoiled(record -> !(record instanceof DurableRecord.Promised), true, true),
        AcceptorContract::anyOrderOfRequestsKeepsTheInvariants, "promise before");
  }

  @Test
  void anAcceptorThatForgetsItsVotesOnRestartFails() {
    fails(new Spoiled(record -> !(record instanceof DurableRecord.Voted), true, true),
        AcceptorContract::anyOrderOfRequestsKeepsTheInvariants, "acknowledged");
  }

  @Test
  void anAnswerThatDoesNotWaitForTheDiskFails() {
    fails(new Spoiled(record -> true, false, true),
        AcceptorContract::whatAnAnswerPromisesIsInTheJournalBeforeItLeaves, "wait for the force");
  }

  @Test
  void anAcceptorThatPersistsNothingFails() {
    fails(new Spoiled(record -> true, true, false),
        AcceptorContract::whatAnAnswerPromisesIsInTheJournalBeforeItLeaves, "journal after");
  }

  private static void fails(
      Plugins.Register spoiled, Consumer<AcceptorContract> test, String message) {
    AcceptorContract contract = new AcceptorContract() {
      @Override
      protected Plugins.Register plugin() {
        return spoiled;
      }
    };
    assertThat(spoiled.stable()).isTrue();
    assertThatThrownBy(() -> test.accept(contract))
        .isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }

  /** The stable acceptor with one rule broken. */
  private record Spoiled(Predicate<DurableRecord> recovered, boolean waits, boolean persists)
      implements Plugins.Register {
    @Override
    public String name() {
      return "spoiled";
    }

    @Override
    public String meaning() {
      return "breaks a rule";
    }

    @Override
    public boolean stable() {
      return true;
    }

    @Override
    public LocalAcceptor acceptor(LayerContext c, Authority authority) {
      LocalAcceptor inner = new StableRegisterPlugin().acceptor(new LayerContext(
          c.self(), c.incarnation(), c.founders(), spoiled(c.effects()), c.clock(), c.timers(),
          c.random(), c.events(), c.settings()), authority);
      return (LocalAcceptor) Proxy.newProxyInstance(
          LocalAcceptor.class.getClassLoader(), new Class<?>[] {LocalAcceptor.class},
          (proxy, method, arguments) -> method.getName().equals("recover")
              && !recovered.test((DurableRecord) arguments[0])
              ? null : method.invoke(inner, arguments));
    }

    private Effects spoiled(Effects effects) {
      return new Effects() {
        @Override
        public void persist(DurableRecord record) {
          if (persists) {
            effects.persist(record);
          }
        }

        @Override
        public void send(NodeId to, Message message) {
          if (waits) {
            effects.send(to, message);
          } else {
            effects.sendNow(to, message);
          }
        }

        @Override
        public void sendNow(NodeId to, Message message) {
          effects.sendNow(to, message);
        }

        @Override
        public void whenDurable(Runnable then) {
          effects.whenDurable(then);
        }

        @Override
        public void dropBeforeCheckpoint() {
          effects.dropBeforeCheckpoint();
        }
      };
    }

    @Override
    public RoundBasedRegister register(
        LayerContext context, Function<Configuration, QuorumSystem> quorums) {
      return new StableRegisterPlugin().register(context, quorums);
    }
  }
}
