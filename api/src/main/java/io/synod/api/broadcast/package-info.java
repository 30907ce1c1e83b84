/** Total order broadcast over consensus and leader election. */
package io.synod.api.broadcast;
