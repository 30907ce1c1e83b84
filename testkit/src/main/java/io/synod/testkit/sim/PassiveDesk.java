package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import io.synod.register.passive.StandIn;
import io.synod.replication.Passives;
import io.synod.testkit.oracle.Life;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The stand-ins of one life of a node, driven as a thread for each would do. */
final class PassiveDesk implements Passives {
  private static final long LOOK = 100 * World.MILLI;

  private final SimulatedPassives passives;
  private final Life life;
  private final BooleanSupplier alive;
  private final BiConsumer<NodeId, Message> inbox;
  private final Map<NodeId, Driver> drivers = new TreeMap<>();
  private InstanceId heldByAll = InstanceId.NONE;
  private InstanceId heldByMost = InstanceId.NONE;
  private LayerContext context;
  private Function<LayerContext, Authority> authorities;
  private PassiveTamper tamper = PassiveTamper.NONE;

  /**
   * For that life.
   *
   * @param alive whether it goes on
   * @param inbox has the node take a message of a passive acceptor
   */
  PassiveDesk(
      SimulatedPassives passives, Life life, BooleanSupplier alive,
      BiConsumer<NodeId, Message> inbox) {
    this.passives = passives;
    this.life = life;
    this.alive = alive;
    this.inbox = inbox;
  }

  /** The node is put together from these. */
  PassiveDesk of(LayerContext newContext, Function<LayerContext, Authority> newAuthorities) {
    context = newContext;
    authorities = newAuthorities;
    return this;
  }

  /** Does that wrong. */
  void tamper(UnaryOperator<PassiveTamper> change) {
    tamper = change.apply(tamper);
  }

  @Override
  public void members(List<Member> known) {
    List<NodeId> ids = known.stream().map(Member::id).toList();
    drivers.keySet().removeIf(id -> !ids.contains(id));
    for (NodeId id : ids) {
      if (!drivers.containsKey(id)) {
        Driver driver = new Driver(id);
        drivers.put(id, driver);
        driver.begin();
      }
    }
  }

  @Override
  public void held(InstanceId byAll, InstanceId byMost) {
    heldByAll = InstanceId.max(heldByAll, byAll);
    heldByMost = InstanceId.max(heldByMost, byMost);
  }

  /** A message of the node to whoever is no node; lost if it is for nobody here. */
  void onMessage(NodeId to, Message message) {
    Driver driver = drivers.get(to);
    if (driver != null) {
      driver.standIn.onMessage(message);
      driver.drive();
    }
  }

  /** One stand-in and its exchanges. */
  private final class Driver {
    private final NodeId id;
    private final StandIn standIn;
    private final PassiveAccess access;
    private boolean busy;

    Driver(NodeId id) {
      this.id = id;
      this.standIn = new StandIn(context, id, authorities, this::answer);
      this.access = passives.access(life.node(), id, this::gone, tamper);
    }

    void begin() {
      if (gone()) {
        return;
      }
      standIn.look();
      drive();
      passives.world().after(LOOK, this::begin);
    }

    private boolean gone() {
      return !alive.getAsBoolean() || drivers.get(id) != this;
    }

    void drive() {
      if (busy || gone()) {
        return;
      }
      if (!standIn.isOpen()) {
        busy = true;
        access.open(this::opened, () -> busy = false);
        return;
      }
      standIn.held(heldByAll, heldByMost);
      standIn.next().ifPresent(this::exchange);
    }

    private void opened(List<DurableRecord> own) {
      busy = false;
      standIn.opened(passives.store(id), own);
      drive();
    }

    private void exchange(Step step) {
      busy = true;
      access.exchange(step, this::done, this::lost);
    }

    private void done(View view) {
      busy = false;
      if (!gone()) {
        standIn.done(tamper.views().apply(view));
        drive();
      }
    }

    private void lost() {
      busy = false;
      if (!gone()) {
        standIn.lost();
        drive();
      }
    }

    private void answer(Message message) {
      passives.says(id, life, message);
      passives.world().after(World.MILLI / 10, () -> {
        if (!gone()) {
          inbox.accept(id, message);
        }
      });
    }
  }
}
