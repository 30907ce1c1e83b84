/** A whole cluster inside this process, for the demonstration and the benchmark. */
package io.synod.server.local;
