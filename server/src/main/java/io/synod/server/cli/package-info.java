/** What all commands share: tables, the JSON line, progress on a terminal, exit codes. */
package io.synod.server.cli;
