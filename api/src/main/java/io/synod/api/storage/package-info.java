/** Two tiny shapes of storage, a journal of records and a store of snapshots, and the records. */
package io.synod.api.storage;
