/** The commands on nodes and their files: one class each. */
package io.synod.server.command;
