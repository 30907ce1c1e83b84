/** The {@code synod} command line: one class per command, and the server that a node runs in. */
package io.synod.server;
