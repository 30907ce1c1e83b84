/**
 * Leases of named resources, for applications: a part of a replicated state machine, not of the
 * protocol.
 */
package io.synod.api.lease;
