/** The replicated state machine: what users embed and what they may conclude from answers. */
package io.synod.api.replication;
