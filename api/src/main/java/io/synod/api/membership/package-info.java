/**
 * Who takes part, and how that changes while the service runs: what an operator or an embedding
 * program asks for, the plan of it, and what became of it.
 */
package io.synod.api.membership;
