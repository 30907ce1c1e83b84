/**
 * Nodes that break one rule on purpose. The default oracles must find each of them: that is how
 * we know that they can fail. Production code has no switch for any of this; a rule is broken by
 * a decorator around an interface that the simulator composes nodes from.
 */
package io.synod.testkit.sabotage;
