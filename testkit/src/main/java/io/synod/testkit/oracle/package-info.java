/**
 * What must hold in every run, one file per property. Oracles watch a run from outside: messages
 * as they leave, records as they are written, deliveries, and what clients see. They are
 * incremental: each looks only at what the event touched. The ghost state that several share is in
 * the {@code …Ledger} classes; {@link io.synod.testkit.oracle.Oracles} lists them all.
 */
package io.synod.testkit.oracle;
