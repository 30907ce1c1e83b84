/**
 * A deterministic world for whole clusters: the same node classes as in production under one
 * scheduler, with virtual time, a simulated network and simulated disks, from one seed. One
 * thread; nothing is shared between two worlds.
 */
package io.synod.testkit.sim;
