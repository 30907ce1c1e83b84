/** The command {@code bench}: closed-loop load on a cluster in this process, and its limits. */
package io.synod.server.bench;
