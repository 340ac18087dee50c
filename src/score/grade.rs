//! Grades by cut-off (SEMANTICS R5).

use crate::number::Exact;
use crate::score::criteria::GradeCut;

/// The grade of a printed total: the first from the top whose cut-off it reaches, edge included.
pub fn grade<'a>(total: &Exact, grades: &'a [GradeCut]) -> Option<&'a GradeCut> {
    grades.iter().find(|grade| grade.at_least.as_ref().is_none_or(|least| total >= least))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// R5: the edge is included; below the lowest cut-off there is no grade.
    #[test]
    fn a_cut_off_includes_its_edge() {
        let cut = |id: &str, least: Option<i32>| GradeCut { id: id.into(), name: Text::same(id), at_least: least.map(Exact::from) };
        let grades = [cut("excellent", Some(90)), cut("good", Some(80))];
        let of = |total: &str| grade(&total.parse().expect("a number"), &grades).map(|grade| grade.id.as_str());
        assert_eq!([of("90"), of("89.99"), of("79.99")], [Some("excellent"), Some("good"), None]);
        let open = [cut("pass", Some(60)), cut("fail", None)];
        assert_eq!(grade(&Exact::from(3), &open).map(|grade| grade.id.as_str()), Some("fail"));
    }
}
