/** A state machine and the test that runs it on simulated clusters. */
package io.synod.examples.testing;
