/**
 * Passive acceptors in SQL databases: Lampson's acceptor over compare-and-swap (handout 18). A
 * step is one transaction of conditional updates. The tables are in docs/passive.md; why they are
 * safe with any number of proposers, in {@code JdbcStore}.
 */
package io.synod.storage.jdbc;
