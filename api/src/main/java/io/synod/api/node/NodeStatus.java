package io.synod.api.node;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import java.util.Optional;

/**
 * How a node stands at one moment.
 *
 * @param leading whether it leads and may propose
 * @param speaking whether its acceptor answers (false while its store is not admitted)
 * @param promised the highest ballot promised
 * @param retained the first instance that it can still serve to a peer that is behind
 * @param snapshot the last instance of its newest snapshot, or 0
 * @param waiting commands submitted here and not yet applied
 */
public record NodeStatus(
    NodeId node, Incarnation incarnation, long epoch, Optional<NodeId> leader, boolean leading,
    boolean speaking, Ballot promised, Era era, Configuration configuration, InstanceId decided,
    InstanceId applied, InstanceId retained, InstanceId snapshot, long waiting) {}
