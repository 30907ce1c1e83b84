/**
 * Suites that every plugin of a slot has to pass, as abstract JUnit 5 classes: a plugin's own
 * tests extend them and say how to make it.
 */
package io.synod.testkit.contract;
