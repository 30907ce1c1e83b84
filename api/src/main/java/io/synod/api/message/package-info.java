/** What travels between processes: one sealed family of records per layer. */
package io.synod.api.message;
