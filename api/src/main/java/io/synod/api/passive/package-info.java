/**
 * Acceptors that are no processes: disks and databases. They neither refuse nor remember by
 * themselves; each process writes for itself and reads what the others wrote (Disk Paxos; figure
 * 18 of Deconstructing Paxos).
 */
package io.synod.api.passive;
