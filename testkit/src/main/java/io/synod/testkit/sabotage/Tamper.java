package io.synod.testkit.sabotage;

import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.NodeId;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.forward.ForwardingEffects;
import io.synod.testkit.forward.ForwardingRegister;
import io.synod.testkit.sim.NodeProcess;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The usual places at which a rule is broken. A change that gives null swallows its argument. */
final class Tamper {
  private Tamper() {}

  /** Changes what is sent. */
  static UnaryOperator<Effects> sent(UnaryOperator<Message> change) {
    return effects -> new ForwardingEffects(effects) {
      @Override
      public void send(NodeId to, Message message) {
        Message other = change.apply(message);
        if (other != null) {
          inner.send(to, other);
        }
      }

      @Override
      public void sendNow(NodeId to, Message message) {
        Message other = change.apply(message);
        if (other != null) {
          inner.sendNow(to, other);
        }
      }
    };
  }

  /** Lets some messages leave before what they answer for is forced. */
  static UnaryOperator<Effects> unforced(Predicate<Message> which) {
    return effects -> new ForwardingEffects(effects) {
      @Override
      public void send(NodeId to, Message message) {
        if (which.test(message)) {
          inner.sendNow(to, message);
        } else {
          inner.send(to, message);
        }
      }
    };
  }

  /** Changes what is written to the journal. */
  static UnaryOperator<Effects> persisted(UnaryOperator<DurableRecord> change) {
    return effects -> new ForwardingEffects(effects) {
      @Override
      public void persist(DurableRecord record) {
        DurableRecord other = change.apply(record);
        if (other != null) {
          inner.persist(other);
        }
      }
    };
  }

  /** Changes what is read back from the journal. */
  static UnaryOperator<NodeProcess> recovered(UnaryOperator<DurableRecord> change) {
    return process -> new ForwardingProcess(process) {
      @Override
      public void recover(DurableRecord record) {
        DurableRecord other = change.apply(record);
        if (other != null) {
          inner.recover(other);
        }
      }
    };
  }

  /** Changes what arrives. */
  static UnaryOperator<NodeProcess> received(UnaryOperator<Message> change) {
    return process -> new ForwardingProcess(process) {
      @Override
      public void onMessage(NodeId from, Message message) {
        Message other = change.apply(message);
        if (other != null) {
          inner.onMessage(from, other);
        }
      }
    };
  }

  /** Changes the answers that the proposer's register hears. */
  static UnaryOperator<RoundBasedRegister> replies(UnaryOperator<Reply> change) {
    return register -> new ForwardingRegister(register) {
      @Override
      public void onReply(NodeId from, Reply reply) {
        Reply other = change.apply(reply);
        if (other != null) {
          inner.onReply(from, other);
        }
      }
    };
  }
}
