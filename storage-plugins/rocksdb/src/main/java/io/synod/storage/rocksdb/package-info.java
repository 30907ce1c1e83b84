/**
 * A store whose journal is a RocksDB database: {@code db} beside the files that every store in a
 * directory has ({@code identity}, {@code lock}, {@code durable-end}, snapshots; see {@link
 * io.synod.storage.file.DirectoryStorage}).
 *
 * <p>Records are written through the write-ahead log of the database, and forcing the journal is
 * syncing that log. After a crash the database recovers to a point in time: up to the first bad
 * entry of its log. Whether that cut a torn tail or something durable is told by {@code
 * durable-end}, as for the storage {@code file}, before the database is opened for writing, so
 * that a damaged one is left as it is.
 */
package io.synod.storage.rocksdb;
