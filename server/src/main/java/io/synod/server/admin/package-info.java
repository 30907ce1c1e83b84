/**
 * The admin port, HTTP/1.1 with JSON: {@code GET /status}, {@code GET /live}, {@code GET /ready},
 * {@code POST /snapshot}; and the client that the command line uses.
 */
package io.synod.server.admin;
