//! Which kind of definition a file is, told by its tables even where it has faults.

use super::schema::Kind;
use crate::diagnostic::SourceFile;

/// A scheme has a table `[criteria]`, a catalogue a table `[catalogue]`; everything else is taken for an
/// assessment.
pub fn kind_of(file: &SourceFile) -> Kind {
    let heads = |line: &str, name: &str| {
        let line = line.trim_start_matches('[').trim_start();
        line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with([']', '.']))
    };
    let tables = file.text.lines().map(str::trim_start).filter(|line| line.starts_with('['));
    for line in tables {
        if heads(line, "criteria") {
            return Kind::Criteria;
        }
        if heads(line, "catalogue") {
            return Kind::Catalogue;
        }
    }
    Kind::Assessment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_at_its_head_tells_the_kind() {
        let kind = |text: &str| kind_of(&SourceFile::new("a.toml", text));
        assert_eq!(kind("# x\n [ criteria ]\nid = \"a\"\n"), Kind::Criteria);
        assert_eq!(kind("[policy]\n[criteria]\nbroken = [\n"), Kind::Criteria);
        assert_eq!(kind("[[item]]\nid = 1\n[catalogue]\n"), Kind::Catalogue);
        assert_eq!(kind("criteria = \"criteria.toml\"\n[organisations]\npath = \"catalogue.csv\"\n"), Kind::Assessment);
    }
}
