/**
 * The whole product from outside: real processes, sockets and files, driven by a real Redis client
 * or by a program that embeds a node. {@link io.synod.integration.Cluster} starts and always ends
 * the processes.
 */
package io.synod.integration;
