/** Checks recorded histories of clients. */
package io.synod.server.history;
