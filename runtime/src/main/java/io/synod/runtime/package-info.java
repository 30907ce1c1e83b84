/**
 * The door for programs that embed a node: {@link io.synod.runtime.Synod}. Here plugins,
 * configuration, threads, disk and network come together; the algorithms know none of them.
 */
package io.synod.runtime;
