//! What content providers get of orders, by the share that was the newest one reported when the order was.
//!
//! A share holds where it was reported: one of a province for the orders of that province. An order whose provider has none
//! has no row, for nobody knows what is due.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};

impl Deriving<'_> {
    pub(super) fn settled(&self, writer: &mut Writer<'_>, orders: &Branch, shares: &Branch) {
        let dialect = self.compiler.dialect;
        writer.push(&format!(
            "SELECT o.org AS org, o.household AS household, o.t AS t, o.order_status AS order_status, o.fen AS fen, \
             o.fen * s.share AS fen_milli, {} AS newest, {} AS simulated{}\nFROM (\n",
            dialect.larger("o.newest", "s.newest"),
            dialect.larger("o.simulated", "s.simulated"),
            self.carried("o"),
        ));
        let place = "coalesce(f.province, '') AS place, f.cp_id AS cp";
        self.rows(writer, orders, self.base().interval, |compiler| {
            format!(
                ", f.household AS household, f.order_status AS order_status, {} AS fen, {place}, {} AS t",
                compiler.dialect.wide("coalesce(f.amount_fen, 0)"),
                compiler.time(),
            )
        });
        writer.push("\n  AND f.cp_id IS NOT NULL\n) AS o\nASOF JOIN (\n");
        let derivation = self.carrying_nothing();
        let beside = Deriving { compiler: self.compiler, derivation: &derivation, carried: Vec::new() };
        beside.rows(writer, shares, self.history(), |compiler| {
            format!(", f.value AS share, {place}, {} AS t", compiler.time())
        });
        writer.push(
            "\n  AND f.cp_id IS NOT NULL\n) AS s ON o.org = s.org AND o.place = s.place AND o.cp = s.cp AND o.t >= s.t",
        );
    }
}
