/** The door for programs that embed a node. */
package io.synod.api.node;
