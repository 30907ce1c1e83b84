/**
 * The rules of the source tree as tests. {@code LayerRules} and {@code PurityRules} read class
 * files and say who may use what; {@code TidyRules} read the files themselves. Each rule is run
 * twice: on the tree, where it must hold, and on a bad sample, where it must fail, so that no rule
 * is green because it looks at nothing.
 */
package io.synod.rules;
