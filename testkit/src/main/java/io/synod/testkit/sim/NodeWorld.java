package io.synod.testkit.sim;

import io.synod.api.effect.Snapshots;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.replication.StateMachine;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;

/** What one life of a node is built from. */
record NodeWorld(
    Life life, LayerContext context, Snapshots snapshots, StateMachine machine,
    Observer observer, MasterCell master, PassiveDesk passives) {}
