package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.replication.ReadMode;
import io.synod.api.storage.DurableRecord;
import io.synod.reconfig.master.MasterState;
import java.util.Arrays;
import java.util.List;

/** Several observers as one, told in their order. */
public final class Observers implements Observer {
  private final Observer[] all;
  private final Observer[] persisted;
  private final Observer[] forced;
  private final Observer[] sent;
  private final Observer[] received;
  private final Observer[] delivered;
  private final Observer[] applied;
  private final Observer[] layer;
  private final Observer[] recovered;

  /** Of these. */
  public Observers(List<? extends Observer> all) {
    this.all = all.toArray(Observer[]::new);
    this.persisted = thoseThatHear("persisted");
    this.forced = thoseThatHear("forced");
    this.sent = thoseThatHear("sent");
    this.received = thoseThatHear("received");
    this.delivered = thoseThatHear("delivered");
    this.applied = thoseThatHear("applied");
    this.layer = thoseThatHear("layer");
    this.recovered = thoseThatHear("recovered");
  }

  /** What happens all the time is told only to those who do something about it. */
  private Observer[] thoseThatHear(String event) {
    return Arrays.stream(all).filter(each -> hears(each, event)).toArray(Observer[]::new);
  }

  private static boolean hears(Observer observer, String event) {
    return Arrays.stream(observer.getClass().getMethods())
        .anyMatch(m -> m.getName().equals(event) && m.getDeclaringClass() != Observer.class);
  }

  @Override
  public void started(Life life) {
    for (Observer each : all) {
      each.started(life);
    }
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    for (Observer each : recovered) {
      each.recovered(life, record);
    }
  }

  @Override
  public void restored(Life life, InstanceId last) {
    for (Observer each : all) {
      each.restored(life, last);
    }
  }

  @Override
  public void stopped(Life life) {
    for (Observer each : all) {
      each.stopped(life);
    }
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    for (Observer each : persisted) {
      each.persisted(life, record);
    }
  }

  @Override
  public void forced(Life life, DurableRecord record) {
    for (Observer each : forced) {
      each.forced(life, record);
    }
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    for (Observer each : sent) {
      each.sent(from, to, message);
    }
  }

  @Override
  public void received(Life to, NodeId from, Message message) {
    for (Observer each : received) {
      each.received(to, from, message);
    }
  }

  @Override
  public void passiveSaid(NodeId passive, Life to, Message message) {
    for (Observer each : all) {
      each.passiveSaid(passive, to, message);
    }
  }

  @Override
  public void proposed(Life life, Value value) {
    for (Observer each : all) {
      each.proposed(life, value);
    }
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    for (Observer each : delivered) {
      each.delivered(life, instance, value);
    }
  }

  @Override
  public void installed(Life life, InstanceId last) {
    for (Observer each : all) {
      each.installed(life, last);
    }
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    for (Observer each : applied) {
      each.applied(life, instance, command, step);
    }
  }

  @Override
  public void invoked(Command command) {
    for (Observer each : all) {
      each.invoked(command);
    }
  }

  @Override
  public void acknowledged(Command command, InstanceId instance, long count) {
    for (Observer each : all) {
      each.acknowledged(command, instance, count);
    }
  }

  @Override
  public void rejected(Command command) {
    for (Observer each : all) {
      each.rejected(command);
    }
  }

  @Override
  public void readInvoked(long request, ReadMode mode) {
    for (Observer each : all) {
      each.readInvoked(request, mode);
    }
  }

  @Override
  public void readAnswered(long request, ReadMode mode, long count) {
    for (Observer each : all) {
      each.readAnswered(request, mode, count);
    }
  }

  @Override
  public void clocksBreakBound() {
    for (Observer each : all) {
      each.clocksBreakBound();
    }
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    for (Observer each : layer) {
      each.layer(life, event);
    }
  }

  @Override
  public void master(MasterState state) {
    for (Observer each : all) {
      each.master(state);
    }
  }

  @Override
  public void calm() {
    for (Observer each : all) {
      each.calm();
    }
  }

  @Override
  public void idle() {
    for (Observer each : all) {
      each.idle();
    }
  }

  @Override
  public boolean settled() {
    for (Observer each : all) {
      if (!each.settled()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void ended(List<Replica> replicas) {
    for (Observer each : all) {
      each.ended(replicas);
    }
  }
}
