/** The replicated state machine over total order broadcast, and the node as a pure machine. */
package io.synod.replication;
