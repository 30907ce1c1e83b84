/**
 * Ω with epochs: the weak leader election for processes that crash and recover (Deconstructing
 * Paxos, figures 17 and 28), with what a long-lived system needs on top. Each departure from the
 * figures is explained at {@link io.synod.election.omega.OmegaPlugin}.
 */
package io.synod.election.omega;
