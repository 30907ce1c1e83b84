/**
 * Passive acceptors on disks (Disk Paxos). A disk is a directory: the file {@code identity}, and
 * for each process an area, which that process alone writes: {@code area-<process>/lock}, {@code
 * header} (two slots and a mark) and {@code log-<generation>} (records). The layout is in
 * docs/passive.md; the order of writing, and why it is safe, in {@code DiskStore}.
 */
package io.synod.storage.disk;
