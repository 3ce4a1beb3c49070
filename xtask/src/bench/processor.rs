//! How much of the processor a process takes, and how much memory, from `/proc`.

use anyhow::{Context, Result};
use std::{collections::BTreeMap, fs, time::Duration};

/// The kernel counts processor time in hundredths of a second on every Linux that Rust runs on.
const TICKS_A_SECOND: u64 = 100;

/// How many cores a process has kept busy on average since it had taken so much.
pub(crate) fn cores_since(pid: u32, before: Duration, elapsed_seconds: f64) -> Result<f64> {
    Ok(processor_time(pid)?.saturating_sub(before).as_secs_f64() / elapsed_seconds)
}

/// Processor time of a process so far, in user and kernel.
pub(crate) fn processor_time(pid: u32) -> Result<Duration> {
    let path = format!("/proc/{pid}/stat");
    let stat = fs::read_to_string(&path).with_context(|| format!("{path} could not be read"))?;
    let ticks = ticks_of(&stat).with_context(|| format!("{path} is not as expected"))?;
    Ok(Duration::from_millis(ticks * 1_000 / TICKS_A_SECOND))
}

/// The name of a process may hold blanks and brackets; the fields stand after its last bracket.
fn ticks_of(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let user: u64 = fields.nth(11)?.parse().ok()?;
    let kernel: u64 = fields.next()?.parse().ok()?;
    Some(user + kernel)
}

fn parent_of(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn all_processes() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect()
}

/// The processes, and all that were started by one of them.
pub(crate) fn with_descendants(roots: &[u32]) -> Vec<u32> {
    let parents: BTreeMap<u32, u32> =
        all_processes().into_iter().filter_map(|pid| Some((pid, parent_of(pid)?))).collect();
    let belongs = |pid: u32| {
        let mut ancestor = Some(pid);
        while let Some(one) = ancestor {
            if roots.contains(&one) {
                return true;
            }
            ancestor = parents.get(&one).copied();
        }
        false
    };
    parents.keys().copied().filter(|pid| belongs(*pid)).collect()
}

/// Processes whose command line holds that text.
pub(crate) fn with_argument(text: &str) -> Vec<u32> {
    let holds = |pid: &u32| {
        fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).contains(text))
    };
    all_processes().into_iter().filter(holds).collect()
}

/// Memory of a process in KiB, what is shared divided among those who share it.
pub(crate) fn proportional_kib(pid: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_found_behind_any_name() {
        let stat = "42 (a (strange) name) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 4 0 100 0 0";
        assert_eq!(ticks_of(stat), Some(300));
    }

    #[test]
    fn this_process_is_known() {
        let own = std::process::id();
        assert!(with_descendants(&[own]).contains(&own));
        assert!(proportional_kib(own) > 0);
        assert!(processor_time(own).is_ok());
    }
}
