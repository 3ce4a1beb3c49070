//! Dice that fall alike on every machine and with every release: the demo's history must be the same bytes for the
//! same seed, which general-purpose generators do not promise across versions.

/// A stream of pseudo-random numbers (`SplitMix64`). Cheap to start, so every account has one of its own per day and
/// no plan depends on how many numbers another one drew.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

impl Chance {
    /// The stream of a seed and of what it is for; another `for_what` is another stream.
    pub(super) fn new(seed: u64, for_what: &[u64]) -> Self {
        let start = mixed(seed.wrapping_add(STEP));
        Self(for_what.iter().fold(start, |state, part| mixed(state ^ mixed(part.wrapping_add(STEP)))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// Evenly in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub(super) fn millis_between(&mut self, low: i64, high: i64) -> i64 {
        self.between(low as f64, high as f64) as i64
    }

    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Log-normal by its median and the deviation of its logarithm.
    pub(super) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    /// How often something of that mean happens (Knuth's product; for small means).
    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        let floor = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > floor {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// One of the weighted things; the last where rounding leaves a gap.
    pub(super) fn choose<T: Copy>(&mut self, urn: &Urn<T>) -> T {
        let at = self.unit() * urn.total();
        let index = urn.tickets.partition_point(|ticket| ticket.up_to <= at);
        urn.tickets.get(index).unwrap_or(&urn.last).thing
    }
}

/// Things with weights, to be chosen from; never empty.
#[derive(Debug, Clone)]
pub(super) struct Urn<T> {
    tickets: Vec<Ticket<T>>,
    last: Ticket<T>,
}

#[derive(Debug, Clone)]
struct Ticket<T> {
    up_to: f64,
    thing: T,
}

impl<T> Urn<T> {
    pub(super) fn new(first: (T, f64), rest: impl IntoIterator<Item = (T, f64)>) -> Self {
        let mut tickets = Vec::new();
        let mut last = Ticket { up_to: first.1, thing: first.0 };
        for (thing, weight) in rest {
            let next = Ticket { up_to: last.up_to + weight, thing };
            tickets.push(std::mem::replace(&mut last, next));
        }
        Self { tickets, last }
    }

    fn total(&self) -> f64 {
        self.last.up_to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mean(draws: usize, mut draw: impl FnMut() -> f64) -> f64 {
        (0..draws).map(|_| draw()).sum::<f64>() / draws as f64
    }

    #[test]
    fn the_first_numbers_are_these_for_ever() {
        let mut chance = Chance::new(1, &[2, 3]);
        let drawn: Vec<u64> = (0..3).map(|_| chance.next()).collect();
        insta::assert_debug_snapshot!(drawn);
    }

    #[test]
    fn distributions_have_their_means() {
        let mut chance = Chance::new(7, &[]);
        assert!((mean(100_000, || chance.unit()) - 0.5).abs() < 0.01);
        assert!(mean(100_000, || chance.normal()).abs() < 0.02);
        assert!((mean(100_000, || f64::from(chance.poisson(5.0))) - 5.0).abs() < 0.05);
        let mut draws: Vec<f64> = (0..100_001).map(|_| chance.log_normal(900.0, 0.73)).collect();
        draws.sort_by(f64::total_cmp);
        assert!((draws[50_000] - 900.0).abs() < 20.0);
    }

    proptest! {
        #[test]
        fn an_urn_gives_its_shares(weights in prop::collection::vec(0.1_f64..10.0, 1..6), seed in any::<u64>()) {
            let total: f64 = weights.iter().sum();
            let mut tickets = weights.iter().copied().enumerate();
            let urn = Urn::new(tickets.next().unwrap(), tickets);
            let mut chance = Chance::new(seed, &[]);
            let mut counts = vec![0_u32; weights.len()];
            for _ in 0..20_000 {
                counts[chance.choose(&urn)] += 1;
            }
            for (count, weight) in counts.iter().zip(&weights) {
                prop_assert!((f64::from(*count) / 20_000.0 - weight / total).abs() < 0.025);
            }
        }
    }
}
