//! How wide the columns of a table stand on a terminal, or whether it must be stacked.

use unicode_width::UnicodeWidthStr;

use crate::report::table::{Align, Style, Table};
use crate::text::Lang;

/// Blanks on either side of a column's contents.
pub(super) const PADDING: usize = 1;
/// Words are not squeezed below this width; CJK text breaks after any sign, other text between words.
const NARROWEST_TEXT: usize = 16;
/// Words of this width are no hardship to read, however many lines they take.
const EASY_TEXT: usize = 24;
/// A CJK heading over numbers may be broken down to this width.
const NARROWEST_HEADING: usize = 6;

/// How a table fits a terminal.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Side by side: index and content width of every column shown.
    Columns(Vec<(usize, usize)>),
    /// Every row as a list of heading and content.
    Stacked,
}

/// The arrangement with most columns that fits; without a limit everything at full width.
pub(super) fn fit(table: &Table, lang: Lang, width: Option<usize>) -> Fit {
    let needs: Vec<Need> = (0..table.columns.len()).map(|index| need(table, lang, index)).collect();
    let Some(width) = width else {
        return Fit::Columns(needs.iter().map(|need| (need.index, need.full)).collect());
    };
    let kept = kept(&needs, width);
    if kept.is_empty() { Fit::Stacked } else { Fit::Columns(share(&kept, width - kept.len() * 2 * PADDING)) }
}

/// The columns for which there is room; none if not even those that must stay fit.
fn kept(needs: &[Need], width: usize) -> Vec<&Need> {
    let with = |ranks: &[u8]| needs.iter().filter(|need| ranks.contains(&need.spare)).collect::<Vec<_>>();
    let fits = |ranks: &[u8]| {
        let wanted = |need: &&Need| 2 * PADDING + if ranks.iter().any(|rank| *rank > 1) { need.easy } else { need.least };
        with(ranks).iter().map(wanted).sum::<usize>() <= width
    };
    let mut ranks: Vec<u8> = needs.iter().map(|need| need.spare).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let Some(count) = (1..=ranks.len()).rev().find(|&count| fits(&ranks[..count])) else { return Vec::new() };
    let mut shown = ranks[..count].to_vec();
    for rank in &ranks[count..] {
        // A narrow group may fit once a wide one is gone.
        shown.push(*rank);
        if !fits(&shown) {
            shown.pop();
        }
    }
    with(&shown)
}

/// What a column needs.
struct Need {
    index: usize,
    spare: u8,
    /// Below this it is not readable.
    least: usize,
    /// Above this nobody asks for more.
    easy: usize,
    /// All contents in one line, the heading broken between words.
    body: usize,
    /// Contents and heading in one line.
    full: usize,
}

fn need(table: &Table, lang: Lang, index: usize) -> Need {
    let column = &table.columns[index];
    let heading = column.heading.get(lang);
    let cells = table.rows.iter().filter(|row| row.style != Style::Section).filter_map(|row| row.cells.get(index));
    let content = cells.map(|cell| cell.shown(lang).width()).max().unwrap_or(0);
    let full = content.max(heading.width());
    let least = match column.align() {
        Align::Right => content.max(unbroken(heading)),
        Align::Left => full.min(NARROWEST_TEXT.max(unbroken(heading))),
    };
    let body = content.max(least).max(longest_word(heading));
    Need { index, spare: column.spare, least, easy: body.min(EASY_TEXT).max(least), body, full }
}

/// The width of the longest word.
fn longest_word(heading: &str) -> usize {
    heading.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The width of the longest part that must not be broken.
fn unbroken(heading: &str) -> usize {
    let breaks_anywhere = heading.chars().any(|c| c >= '\u{2e80}');
    if breaks_anywhere { longest_word(heading).min(NARROWEST_HEADING) } else { longest_word(heading) }
}

/// Gives every column its least width and shares out the rest: first to contents, then to headings,
/// and within each the neediest last, so that short columns are whole before long ones grow.
fn share(needs: &[&Need], room: usize) -> Vec<(usize, usize)> {
    let mut widths: Vec<usize> = needs.iter().map(|need| need.least).collect();
    let mut left = room.saturating_sub(widths.iter().sum());
    for wish in [|need: &Need| need.body, |need: &Need| need.full] {
        let mut order: Vec<usize> = (0..needs.len()).collect();
        order.sort_by_key(|&at| wish(needs[at]) - widths[at]);
        for (done, &at) in order.iter().enumerate() {
            let part = (left / (order.len() - done)).min(wish(needs[at]) - widths[at]);
            widths[at] += part;
            left -= part;
        }
    }
    needs.iter().map(|need| need.index).zip(widths).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(least: usize, body: usize, full: usize) -> Need {
        Need { index: 0, spare: 0, least, easy: least, body, full }
    }

    fn widths(needs: &[Need], room: usize) -> Vec<usize> {
        share(&needs.iter().collect::<Vec<_>>(), room).into_iter().map(|(_, width)| width).collect()
    }

    /// 12 + 5 + 6 are the least; of 10 more, 6 make the name whole and 4 go to the heading.
    #[test]
    fn contents_come_before_headings() {
        assert_eq!(widths(&[need(12, 18, 18), need(5, 5, 5), need(6, 6, 13)], 33), [18, 5, 10]);
    }

    #[test]
    fn a_short_column_is_whole_before_a_long_one_grows() {
        assert_eq!(widths(&[need(12, 60, 60), need(12, 14, 14)], 34), [20, 14]);
    }
}
