package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.replication.StateMachine;
import java.util.function.Function;

/**
 * The chosen layers of one node, already wired to each other.
 *
 * @param stable whether the register's votes survive a restart; else a restarted node only learns
 * @param durable whether the storage survives the process; else an empty store is no surprise
 * @param quorums the quorum system of a configuration; refuses one that does not intersect
 */
public record Layers(
    LayerContext context, boolean stable, boolean durable,
    Function<Configuration, QuorumSystem> quorums,
    Authority authority, LocalAcceptor acceptor, RoundBasedRegister register,
    RoundBasedConsensus consensus, WeakLeaderElection election, TotalOrderBroadcast broadcast,
    StateMachine machine, Snapshots snapshots) {}
