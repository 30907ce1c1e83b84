package io.synod.api.storage;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;

/** Whose store it is; written when it is created and checked at every opening. */
public record StoreIdentity(String cluster, NodeId node, Incarnation incarnation) {}
