/**
 * {@code synod members} and {@code synod leader}: who takes part and who leads, looked at and
 * changed while the service runs. All of it goes over the admin port of one node.
 */
package io.synod.server.members;
