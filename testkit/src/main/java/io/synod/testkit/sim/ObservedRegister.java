package io.synod.testkit.sim;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.testkit.forward.ForwardingRegister;
import io.synod.testkit.forward.ForwardingWrites;
import io.synod.testkit.oracle.LayerEvent;
import java.util.List;
import java.util.function.Consumer;

/** Shows reads, writes and their outcomes to the oracles; otherwise the register underneath. */
final class ObservedRegister extends ForwardingRegister {
  private final NodeWorld world;
  /** What a read has returned, until it shows whether a further era is asked. */
  private LayerEvent returned;
  private Ballot writing = Ballot.BOTTOM;

  ObservedRegister(RoundBasedRegister inner, NodeWorld world) {
    super(inner);
    this.world = world;
  }

  private void show(LayerEvent event) {
    world.observer().layer(world.life(), event);
  }

  @Override
  public void read(
      Ballot ballot, Era era, Configuration configuration, InstanceId first,
      Consumer<ReadOutcome> then) {
    show(new LayerEvent.ReadInvoked(ballot, first));
    returned = null;
    inner.read(ballot, era, configuration, first, outcome -> {
      LayerEvent event = new LayerEvent.ReadReturned(first, outcome);
      if (outcome instanceof ReadOutcome.Committed) {
        returned = event;
      } else {
        show(event);
      }
      then.accept(outcome);
    });
  }

  @Override
  public void readAlso(Configuration configuration) {
    returned = null;
    inner.readAlso(configuration);
  }

  @Override
  public void adopt(OneC oneC, boolean opens, WriteListener listener) {
    if (returned != null) {
      show(returned);
      returned = null;
    }
    writing = oneC.ballot();
    show(new LayerEvent.WriteInvoked(writing, oneC.low(), oneC.window()));
    inner.adopt(oneC, opens, new ForwardingWrites(listener) {
      @Override
      public void committed(Ballot ballot, InstanceId upTo) {
        show(new LayerEvent.WriteCommitted(ballot, upTo));
        inner.committed(ballot, upTo);
      }

      @Override
      public void aborted(Ballot ballot, Ballot higher) {
        show(new LayerEvent.WriteAborted(ballot, higher));
        inner.aborted(ballot, higher);
      }
    });
  }

  @Override
  public void write(InstanceId instance, Value value) {
    show(new LayerEvent.WriteInvoked(writing, instance, List.of(value)));
    inner.write(instance, value);
  }

  @Override
  public void recovered(NodeId id, Incarnation lost) {
    show(new LayerEvent.Recovered(id, lost));
    inner.recovered(id, lost);
  }
}
