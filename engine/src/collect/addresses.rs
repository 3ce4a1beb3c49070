//! Which operator an address belongs to, by longest prefix; and how little of an address is kept.

use crate::events::Text;
use smol_str::format_smolstr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

/// The operator's code of `reference data/isp`, and its list of prefixes, one CIDR a line.
const LISTS: [(&str, &str); 6] = [
    ("ct", include_str!("../../../assets/isp/chinanet46.txt")),
    ("cu", include_str!("../../../assets/isp/unicom46.txt")),
    ("cm", include_str!("../../../assets/isp/cmcc46.txt")),
    ("cernet", include_str!("../../../assets/isp/cernet46.txt")),
    ("cstnet", include_str!("../../../assets/isp/cstnet46.txt")),
    ("drpeng", include_str!("../../../assets/isp/drpeng46.txt")),
];

static PREFIXES: LazyLock<Prefixes> = LazyLock::new(Prefixes::read);

/// What is kept of a client's address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Origin {
    pub isp: Option<Text>,
    pub ip_prefix: Option<Text>,
}

impl Origin {
    pub(super) fn of(address: IpAddr) -> Self {
        let address = address.to_canonical();
        Self { isp: PREFIXES.operator(address).map(Text::new_static), ip_prefix: Some(cut(address)) }
    }
}

/// The first 24 bits of an IPv4 address, the first 48 of an IPv6 one.
fn cut(address: IpAddr) -> Text {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format_smolstr!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format_smolstr!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

/// Prefixes by length, longest first, each list sorted. All as 128 bits, IPv4 mapped into IPv6.
struct Prefixes {
    by_length: Vec<(u8, Vec<(u128, &'static str)>)>,
}

impl Prefixes {
    fn read() -> Self {
        let mut by_length: Vec<(u8, Vec<(u128, &'static str)>)> = Vec::new();
        for (operator, list) in LISTS {
            for network in list.lines().filter_map(|line| line.trim().parse::<ipnet::IpNet>().ok()) {
                let (bits, length) = match network {
                    ipnet::IpNet::V4(network) => (bits_of_v4(network.network()), network.prefix_len() + 96),
                    ipnet::IpNet::V6(network) => (network.network().to_bits(), network.prefix_len()),
                };
                match by_length.iter_mut().find(|(known, _)| *known == length) {
                    Some((_, prefixes)) => prefixes.push((bits, operator)),
                    None => by_length.push((length, vec![(bits, operator)])),
                }
            }
        }
        by_length.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
        for (_, prefixes) in &mut by_length {
            prefixes.sort_unstable();
        }
        Self { by_length }
    }

    fn operator(&self, address: IpAddr) -> Option<&'static str> {
        let bits = match address {
            IpAddr::V4(address) => bits_of_v4(address),
            IpAddr::V6(address) => address.to_bits(),
        };
        self.by_length.iter().find_map(|(length, prefixes)| {
            let mask = u128::MAX.checked_shl(128 - u32::from(*length)).unwrap_or(0);
            let index = prefixes.binary_search_by_key(&(bits & mask), |(prefix, _)| *prefix).ok()?;
            prefixes.get(index).map(|(_, operator)| *operator)
        })
    }
}

const fn bits_of_v4(address: Ipv4Addr) -> u128 {
    address.to_ipv6_mapped().to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(address: &str) -> (Option<String>, String) {
        let origin = Origin::of(address.parse().unwrap());
        (origin.isp.map(|isp| isp.to_string()), origin.ip_prefix.unwrap().to_string())
    }

    #[test]
    fn the_operator_is_found_and_the_address_cut() {
        assert_eq!(origin("1.12.14.77"), (Some("ct".into()), "1.12.14.0/24".into()));
        assert_eq!(origin("::ffff:1.24.9.9"), (Some("cu".into()), "1.24.9.0/24".into()));
        assert_eq!(origin("1.51.7.7"), (Some("cernet".into()), "1.51.7.0/24".into()));
        assert_eq!(origin("1.51.16.9"), (Some("cu".into()), "1.51.16.0/24".into()), "the longer prefix wins");
        assert_eq!(origin("127.0.0.1"), (None, "127.0.0.0/24".into()));
        assert_eq!(origin("2001:db8:1:2::3"), (None, "2001:db8:1::/48".into()));
        let v6 = origin("240e::1");
        assert_eq!(v6, (Some("ct".into()), "240e::/48".into()));
    }
}
