/** The command {@code figures}: the measurements of "Deconstructing Paxos", taken anew. */
package io.synod.server.figures;
