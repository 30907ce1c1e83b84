/**
 * Suites that every plugin of a slot has to pass. A plugin proves itself by a subclass in its own
 * tests that says how the plugin is made.
 */
package io.synod.testkit.contract;
