package io.synod.api.message;

/**
 * Everything one process may send to another. Each layer has its own sealed family. Records are
 * immutable; byte arrays and values inside them are shared and never written to.
 */
public sealed interface Message
    permits RegisterMessage, ElectionMessage, BroadcastMessage, ReplicationMessage,
        AdmissionMessage, ReconfigMessage, MemoryMessage {}
