package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.replication.StateMachine;

/**
 * The chosen layers of one node, already wired to each other.
 *
 * @param stable whether votes survive a restart; without it a restarted node only learns
 */
public record Layers(
    LayerContext context, boolean stable, LocalAcceptor acceptor, RoundBasedRegister register,
    RoundBasedConsensus consensus, WeakLeaderElection election, TotalOrderBroadcast broadcast,
    StateMachine machine, Snapshots snapshots) {}
