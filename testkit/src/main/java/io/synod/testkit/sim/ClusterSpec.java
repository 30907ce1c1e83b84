package io.synod.testkit.sim;

import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.MessageCodec;
import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.util.List;
import java.util.function.Function;

/** What all nodes of a world have in common. */
record ClusterSpec(
    World world, Configuration founders, List<NodeId> ids, NodeProcess.Factory processes,
    MessageCodec codec, Settings settings, Observer observer, Findings findings,
    Function<Life, LedgerMachine> machines, SimulatedMaster master,
    SimulatedPassives passives) {}
