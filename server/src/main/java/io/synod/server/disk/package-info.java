/** The command that serves passive acceptors to processes which share no file system. */
package io.synod.server.disk;
