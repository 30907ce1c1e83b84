/** Apache Ratis behind the benchmark's door, for {@code synod bench --move --peers ratis}. */
package io.synod.benchmarks.ratis;
