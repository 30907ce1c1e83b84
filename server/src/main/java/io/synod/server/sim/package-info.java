/** The command {@code sim}: many seeds of the simulator on all cores, and traces of one. */
package io.synod.server.sim;
