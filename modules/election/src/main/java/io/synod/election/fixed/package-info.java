/** A leader that is named by the configuration and not elected. */
package io.synod.election.fixed;
