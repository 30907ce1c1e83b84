package io.synod.runtime.compose;

import io.synod.api.storage.Storage;
import io.synod.api.transport.Transport;
import io.synod.replication.Layers;

/** A node put together: an open store, a transport not yet started, and the layers. */
public record Parts(Storage storage, Transport transport, Layers layers) {}
