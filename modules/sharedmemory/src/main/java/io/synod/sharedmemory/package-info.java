/**
 * Atomic registers without consensus (Attiya, Bar-Noy, Dolev, "Sharing Memory Robustly in
 * Message-Passing Systems"; Lynch's slides, class 23): a replica at each node, and reads and
 * writes in one or two round trips to quorums. Driven by one loop, as all algorithms.
 */
package io.synod.sharedmemory;
