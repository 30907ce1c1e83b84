/**
 * The acceptor: one transition function for all variants (Deconstructing Paxos, figures 5 and 11;
 * PCon's Phase1b, Phase1c and Phase2b). Variants differ in what is persisted before the answer.
 */
package io.synod.register.acceptor;
