/**
 * Decorators that pass every call on. A test or a simulation overrides the one method in which it
 * wants to look or to interfere.
 */
package io.synod.testkit.forward;
