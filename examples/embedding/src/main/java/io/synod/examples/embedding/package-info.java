/** The smallest program that embeds a cluster. */
package io.synod.examples.embedding;
