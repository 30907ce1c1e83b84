package io.synod.replication;

import io.synod.api.membership.MembershipStatus;
import io.synod.api.model.InstanceId;

/**
 * What a plan of a change is made from.
 *
 * @param decided how far the decided prefix goes here
 * @param retained the first instance that is sent as a decision; who has less takes the snapshot
 * @param snapshot the last instance of the newest snapshot, or 0
 * @param snapshotBytes its length
 * @param logBytes bytes decided since then
 */
public record MembershipFacts(
    MembershipStatus status, InstanceId decided, InstanceId retained, InstanceId snapshot,
    long snapshotBytes, long logBytes) {}
