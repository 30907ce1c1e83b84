/**
 * One private Guice module for each slot, which shows its layer's interface and nothing else; one
 * injector for each node, under Guice's strict flags.
 */
package io.synod.runtime.compose;
