/**
 * Checks recorded histories of clients for linearizability. Record an {@code Operation} for each
 * call, give them to {@code LinearizabilityChecker}, and print the verdict.
 */
package io.synod.testkit.linearizability;
