/** How messages travel: best effort between nodes, connections from clients, and their bytes. */
package io.synod.api.transport;
