//! Parts put together: all of one division, each once, none lacking, no organisation in two.

use std::collections::{BTreeMap, BTreeSet};

use super::{NOWHERE, Part, Row, Terms};
use crate::codes::terms as codes;
use crate::diagnostic::Diagnostic;
use crate::text::{Text, list, normalise};

/// Names that a message lists.
const SHOWN: usize = 10;

/// The whole that the parts make; rows in the order of files.
///
/// # Errors
/// Everything that keeps the parts from being one whole: a partial sum is never taken for it.
pub fn merge(mut parts: Vec<Terms>) -> Result<Terms, Vec<Diagnostic>> {
    let mut found = of_other_definitions(&parts);
    match of_other_divisions(&parts) {
        Some(other) => found.push(other),
        None => found.extend(lacking(&parts)),
    }
    found.extend(of_other_data(&parts));
    found.extend(given_twice(&parts));
    found.extend(overlapping(&parts));
    found.extend(parts.iter_mut().filter_map(repeated));
    let Some(definitions) = parts.first().map(|part| part.definitions.clone()).filter(|_| found.is_empty()) else { return Err(found) };
    let mut rows: Vec<Row> = parts.into_iter().flat_map(|part| part.rows).collect();
    rows.sort_unstable();
    Ok(Terms { file: String::new(), definitions, part: Part::WHOLE, rows })
}

fn of_other_definitions(parts: &[Terms]) -> Vec<Diagnostic> {
    let Some(first) = parts.first() else { return Vec::new() };
    let others = parts.iter().filter(|part| part.definitions != first.definitions);
    others.map(|part| part.is_of_other(&first.definitions, Text::same(&first.file))).collect()
}

impl Terms {
    /// What is said of terms whose definitions are others than those of something.
    pub fn is_of_other(&self, definitions: &str, of: Text) -> Diagnostic {
        let diagnostic =
            Diagnostic::new(&codes::DEFINITIONS, None).with("file", self.file.as_str()).with("theirs", self.definitions.as_str());
        diagnostic.with("other", of).with("own", definitions)
    }
}

fn of_other_divisions(parts: &[Terms]) -> Option<Diagnostic> {
    let division = |part: &Part| match part {
        Part::Shard { of, .. } => Some(*of),
        Part::Site(_) => None,
    };
    let first = parts.first()?;
    let other = parts.iter().find(|part| division(&part.part) != division(&first.part))?;
    let diagnostic = Diagnostic::new(&codes::DIVISION, None).with("one", first.file.as_str()).with("part", first.part.name());
    Some(diagnostic.with("other", other.file.as_str()).with("another", other.part.name()))
}

/// Shards that deal out other data: an organisation's figures would be those of a part of its data.
fn of_other_data(parts: &[Terms]) -> Vec<Diagnostic> {
    let data = |part: &Terms| match &part.part {
        Part::Shard { data, .. } => data.clone(),
        Part::Site(_) => None,
    };
    let Some((first, known)) = parts.iter().find_map(|part| Some((part, data(part)?))) else { return Vec::new() };
    let of_others = parts.iter().filter(|part| matches!(part.part, Part::Shard { .. }) && data(part).as_ref() != Some(&known));
    let say = |part: &Terms| {
        let other = data(part).map_or_else(|| Text::new("（未写明）", "(not said)"), Text::same);
        let diagnostic = Diagnostic::new(&codes::OTHER_DATA, None).with("one", first.file.as_str()).with("data", known.as_str());
        diagnostic.with("other", part.file.as_str()).with("another", other)
    };
    of_others.map(say).collect()
}

fn given_twice(parts: &[Terms]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &Terms> = BTreeMap::new();
    let mut found = Vec::new();
    for part in parts {
        if let Some(one) = seen.insert(part.part.name(), part) {
            let diagnostic = Diagnostic::new(&codes::PART_TWICE, None).with("one", one.file.as_str()).with("other", part.file.as_str());
            found.push(diagnostic.with("part", part.part.name()));
        }
    }
    found
}

/// Puts the rows of a part in order, and says where one figure stands in two of them.
fn repeated(part: &mut Terms) -> Option<Diagnostic> {
    part.rows.sort_unstable();
    let again = part.rows.windows(2).find_map(|pair| match pair {
        [one, other] if one.key() == other.key() => Some((one.line.min(other.line), if one.line < other.line { other } else { one })),
        _ => None,
    });
    again.map(|(first, row)| row.again(first, &part.file))
}

fn lacking(parts: &[Terms]) -> Option<Diagnostic> {
    let Part::Shard { of, .. } = parts.first()?.part else { return None };
    let there: BTreeSet<u64> = parts
        .iter()
        .filter_map(|part| match part.part {
            Part::Shard { number, of: same, .. } if same == of => Some(number),
            _ => None,
        })
        .collect();
    let count = of.get() - u64::try_from(there.len()).unwrap_or(of.get());
    let names: Vec<Text> =
        (1..=of.get()).filter(|number| !there.contains(number)).take(SHOWN).map(|number| Text::same(format!("{number}/{of}"))).collect();
    let diagnostic = || Diagnostic::new(&codes::MISSING_PART, None).with("n", of.to_string());
    (count > 0).then(|| diagnostic().with("missing", shortened(&names, count)))
}

fn overlapping(parts: &[Terms]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut shared: BTreeMap<(usize, usize), BTreeSet<&str>> = BTreeMap::new();
    for (at, part) in parts.iter().enumerate() {
        let counted = part.rows.iter().filter(|row| &*row.period != NOWHERE);
        let own: BTreeSet<&str> = counted.map(|row| &*row.organisation).collect();
        for organisation in own {
            let owner = *first.entry(normalise(organisation)).or_insert(at);
            // One part given twice is said once.
            let is_other = parts.get(owner).is_some_and(|owner| owner.part.name() != part.part.name());
            if is_other {
                shared.entry((owner, at)).or_default().insert(organisation);
            }
        }
    }
    let file = |at: usize| parts.get(at).map_or("", |part| part.file.as_str());
    let say = |((one, other), organisations): ((usize, usize), BTreeSet<&str>)| {
        let names: Vec<Text> = organisations.iter().take(SHOWN).map(|name| Text::same(*name)).collect();
        let count = organisations.len() as u64;
        let diagnostic = Diagnostic::new(&codes::OVERLAP, None).with("one", file(one)).with("other", file(other));
        diagnostic.with("count", count.to_string()).with("organisations", shortened(&names, count))
    };
    shared.into_iter().map(say).collect()
}

/// The names, with a mark where there are more.
fn shortened(names: &[Text], count: u64) -> Text {
    let Text { zh, en } = list(names);
    if names.len() as u64 == count { Text { zh, en } } else { Text::new(format!("{zh} …"), format!("{en} …")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Counts;

    fn part(name: &str, organisations: &[&str]) -> Terms {
        let row = |organisation: &&str| Row {
            source: 1,
            organisation: (*organisation).into(),
            period: "2025".into(),
            item: "v".into(),
            value: "1".into(),
            counts: Counts { rows: 1, reported: 1, ..Counts::default() },
            line: 2,
        };
        Terms {
            file: format!("{name}.csv"),
            definitions: "sha256:0123456789abcdef".to_owned(),
            part: name.parse().expect("a part"),
            rows: organisations.iter().map(row).collect(),
        }
    }

    #[track_caller]
    fn codes_of(parts: Vec<Terms>) -> Vec<&'static str> {
        merge(parts).err().unwrap_or_default().iter().map(|one| one.code.id()).collect()
    }

    #[test]
    fn parts_make_a_whole_in_any_order() {
        let whole = merge(vec![part("2/3", &["B", "D"]), part("3/3", &[]), part("1/3", &["A", "C"])]).expect("a whole");
        assert!(whole.part.is_whole());
        assert_eq!(whole.rows.iter().map(|row| &*row.organisation).collect::<Vec<_>>(), ["A", "B", "C", "D"]);
        assert_eq!(merge(vec![part("甲", &["A"]), part("乙", &["B"])]).map(|whole| whole.rows.len()), Ok(2));
        assert_eq!(merge(vec![part("1/1", &["A"])]).map(|whole| whole.rows.len()), Ok(1));
    }

    #[test]
    fn a_partial_sum_is_no_whole() {
        assert_eq!(codes_of(vec![part("1/2@0a", &["A"]), part("2/2@0b", &["B"])]), ["terms/other-data"]);
        assert_eq!(merge(vec![part("1/2@0a", &["A"]), part("2/2@0a", &["B"])]).map(|whole| whole.part), Ok(Part::WHOLE));
        assert_eq!(codes_of(vec![part("1/2@0a", &["A"]), part("2/2", &["B"])]), ["terms/other-data"], "of unknown data");
        assert_eq!(codes_of(vec![part("甲", &["A"]), part("乙", &["a "])]), ["terms/overlap"], "another spelling");
        assert_eq!(codes_of(vec![part("2/3", &["B"]), part("1/3", &["A"])]), ["terms/missing-part"]);
        assert_eq!(codes_of(vec![part("1/2", &["A"]), part("2/2", &["A"])]), ["terms/overlap"]);
        assert_eq!(codes_of(vec![part("1/2", &["A"]), part("2/3", &["B"])]), ["terms/division"]);
        assert_eq!(codes_of(vec![part("甲", &["A"]), part("1/1", &["B"])]), ["terms/division"]);
        assert_eq!(codes_of(vec![part("甲", &["A"]), part("甲", &["B"])]), ["terms/part-twice"]);
        assert_eq!(codes_of(vec![part("1/1", &["A", "B", "A"])]), ["terms/twice"]);
        let other = Terms { definitions: "sha256:fedcba9876543210".to_owned(), ..part("2/2", &["B"]) };
        assert_eq!(codes_of(vec![part("1/2", &["A"]), other]), ["terms/definitions"]);
    }
}
