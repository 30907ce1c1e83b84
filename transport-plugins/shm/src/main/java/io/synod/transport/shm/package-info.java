/**
 * Messages between the processes of one host over shared memory: Lynch's channels from shared
 * variables (6.852, class 23), in which channel C(i,j) is a variable x(i,j) that only i writes and
 * only j reads, and j keeps looking for what it has not seen. Here x(i,j) is a ring in a mapped
 * file, with i's count of bytes written and j's count of bytes read, so that i can reuse what j
 * has seen.
 *
 * <p>Below the directory each node has a mailbox, named by its port: {@code door}, which says who
 * listens and is rewritten with a sign of life, and {@code <port of the writer>.ring} for each
 * node that writes to it. A ring is made for one life of its writer and one of its reader; both
 * are in its header. Who restarts is found by a new door or a new ring, and nothing of an earlier
 * life is read.
 *
 * <p>Clients, and the port by which a node is named, are those of the transport {@code netty}.
 */
package io.synod.transport.shm;
