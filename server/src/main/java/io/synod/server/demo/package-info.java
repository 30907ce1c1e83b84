/** The command {@code demo}: the main job in one process, with faults, and checked. */
package io.synod.server.demo;
