/**
 * The admin port, HTTP/1.1 with JSON, and the client that the command line uses.
 *
 * <pre>
 * GET /status, /live, /ready   how the node stands
 * POST /snapshot               takes one now
 * GET /members                 who takes part, and what a change waits for
 * POST /members                changes that ({@link io.synod.server.admin.ChangeRequest});
 *                              answered when the outcome is known
 * POST /members/plan           what a change would do
 * GET /leader                  who leads
 * POST /leader?to=n2           hands leadership over
 * </pre>
 *
 * <p>200 done, 400 the request is at fault, 409 refused with the reason, 413 too large a body, 503
 * nothing was done, 504 it is not known whether it takes effect.
 */
package io.synod.server.admin;
