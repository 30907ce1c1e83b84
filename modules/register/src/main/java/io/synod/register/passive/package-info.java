/**
 * What a process does on behalf of a passive acceptor: Disk Paxos (figure 18 of Deconstructing
 * Paxos) and Lampson's compare-and-swap acceptors.
 */
package io.synod.register.passive;
