//! Divisions of GB/T 2260 (中华人民共和国行政区划代码), county and above.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The list with its sources: the first four digits, then the last two of every division that has them.
const LIST: &str = include_str!("divisions.txt");

/// The counties of each city, taken apart once: a registry has thousands of codes.
static CITIES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| LIST.lines().filter_map(|line| line.split_once(' ')).collect());

/// True for six digits that are or were a division, and for the central government (100000), which
/// registers organisations of its own.
pub fn is_division(code: &str) -> bool {
    let Some((city, county)) = code.split_at_checked(4) else { return false };
    code == "100000" || CITIES.get(city).is_some_and(|counties| counties.split(' ').any(|known| known == county))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GB/T 2260: 110108 海淀区, 371302 临沂市兰山区, 440311 光明区 (since 2018), 150626 乌审旗; 370102 历下区.
    /// 110103 崇文区 was dissolved in 2010 and stays in the codes of its time.
    #[test]
    fn provinces_cities_and_counties_of_any_edition_are_divisions() {
        for code in ["110108", "371302", "440311", "150626", "370102", "110103", "370000", "371300", "100000"] {
            assert!(is_division(code), "{code}");
        }
        for code in ["371399", "990101", "37130", "3713021", "", "一二", "# Di"] {
            assert!(!is_division(code), "{code}");
        }
    }

    #[test]
    fn the_list_is_well_formed() {
        let lines: Vec<&str> = LIST.lines().filter(|line| !line.starts_with('#')).collect();
        let digits = |text: &str, long: usize| text.len() == long && text.bytes().all(|byte| byte.is_ascii_digit());
        for line in &lines {
            let (city, counties) = line.split_once(' ').expect("a city and its counties");
            assert!(digits(city, 4) && counties.split(' ').all(|county| digits(county, 2)), "{line}");
        }
        assert!(lines.is_sorted());
    }
}
