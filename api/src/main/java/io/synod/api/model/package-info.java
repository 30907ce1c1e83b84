/**
 * The nouns of Paxos as small value types: ballots, instances, eras, configurations, values,
 * votes and the 1c fact. Immutable, ordered where order matters, refusing what makes no sense.
 */
package io.synod.api.model;
