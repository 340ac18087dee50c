use proptest::prelude::*;

use super::*;

#[track_caller]
fn spans(cases: &[(&str, &str)]) {
    for (text, span) in cases {
        let written = parse(text, None).map(|written| written.span.to_string());
        assert_eq!(written.as_deref(), Some(*span), "{text}");
    }
}

/// T1, domain.md §7.2: one month, one year, written in every way met.
#[test]
fn years_and_months_are_read() {
    for text in ["2024", "2024年", "2024年度", " 2024 年 ", "\u{ff12}\u{ff10}\u{ff12}\u{ff14}年", "2024全年", "2024年全年"] {
        spans(&[(text, "2024")]);
    }
    for text in [
        "2024年6月",
        "2024年06月",
        "2024年6月份",
        "202406",
        "2024-06",
        "2024-6",
        "2024/6",
        "2024/06",
        "2024.06",
        "2024.6",
        "2024-6月",
        "2024年六月",
        "2024\u{3000}年 6 月",
        "\u{ff12}\u{ff10}\u{ff12}\u{ff14}\u{ff0d}\u{ff10}\u{ff16}",
    ] {
        spans(&[(text, "2024-06")]);
    }
    for text in
        ["2024-06-30", "2024-6-30", "2024/6/1", "2024.06.30", "20240630", "2024年6月30日", "2024-06-30 00:00:00", "2024-06-30T08:00:00Z"]
    {
        spans(&[(text, "2024-06")]);
    }
    spans(&[("2024年十二月", "2024-12"), ("2024年十月", "2024-10"), ("2024年11月", "2024-11")]);
}

/// Quarters and halves.
#[test]
fn quarters_and_halves_are_read() {
    for text in [
        "2024Q2",
        "2024q2",
        "2024年第二季度",
        "2024年二季度",
        "2024年2季度",
        "2024年第2季度",
        "2024-Q2",
        "2024年Q2",
        "2024年二季",
        "2024第二季度",
    ] {
        spans(&[(text, "2024Q2")]);
    }
    for text in ["2024H1", "2024h1", "2024年上半年", "2024上半年", "2024年上半年度"] {
        spans(&[(text, "2024H1")]);
    }
    spans(&[("2024年下半年", "2024H2"), ("2024H2", "2024H2"), ("2024年四季度", "2024Q4")]);
}

/// T5: a range of months is marked as one, since it may be cumulative.
#[test]
fn ranges_are_marked() {
    for text in [
        "2024年1-6月",
        "2024年1—6月",
        "2024年1——6月",
        "2024年1~6月",
        "2024年1至6月",
        "2024年1月-6月",
        "2024年一至六月",
        "2024-1-6月",
        "2024年1－6月份",
    ] {
        spans(&[(text, "2024H1")]);
        assert_eq!(parse(text, None).map(|written| written.is_range), Some(true), "{text}");
    }
    spans(&[("2018年1-10月", "2018-01..2018-10"), ("2024年前三季度", "2024-01..2024-09"), ("2024年1-3季度", "2024-01..2024-09")]);
    spans(&[
        ("2024-01..2024-06", "2024H1"),
        ("2024年12月至2025年2月", "2024-12..2025-02"),
        ("202401-202406", "2024H1"),
        ("2024.01-2024.06", "2024H1"),
    ]);
    spans(&[("2024-01-2024-06", "2024H1"), ("2025-11..2026-02", "2025-11..2026-02")]);
    for text in ["2024年上半年", "2024Q2", "2024年6月"] {
        assert_eq!(parse(text, None).map(|written| written.is_range), Some(false), "{text}");
    }
}

#[test]
fn a_default_year_serves_writings_without_one() {
    for (text, span) in [
        ("6月", "2024-06"),
        ("六月份", "2024-06"),
        ("1-6月", "2024H1"),
        ("1—6月", "2024H1"),
        ("二季度", "2024Q2"),
        ("第三季度", "2024Q3"),
        ("Q4", "2024Q4"),
        ("上半年", "2024H1"),
        ("H2", "2024H2"),
        ("全年", "2024"),
        ("2023年6月", "2023-06"),
    ] {
        assert_eq!(parse(text, Some(2024)).map(|written| written.span.to_string()).as_deref(), Some(span), "{text}");
    }
    for text in ["6月", "二季度", "上半年", "全年"] {
        assert_eq!(parse(text, None), None, "{text}");
    }
}

/// What can mean two things, or nothing, is no period.
#[test]
fn doubtful_writings_are_no_period() {
    for text in [
        "",
        " ",
        "24年",
        "24-06",
        "2024.1-6",
        "2024.1",
        "2024年6",
        "6",
        "06",
        "06-2024",
        "2024-13",
        "202413",
        "20240631",
        "2024-02-30",
        "2024Q5",
        "2024H3",
        "2024年五季度",
        "2024年6-1月",
        "2023-2024",
        "2023年-2024年",
        "2024版",
        "合计",
        "2024年末",
        "1899",
        "3000年",
        "2024-06.30",
        "202401-06",
        "2024年6月累计",
        "12:30",
        "月",
        "年",
        "季度",
        "2024年2024年",
    ] {
        assert_eq!(parse(text, Some(2025)), None, "{text}");
    }
}

#[test]
fn headers_give_their_period_and_the_rest() {
    for (text, span, rest) in [
        ("2018年1-10月诊疗人次(万)", "2018-01..2018-10", "诊疗人次(万)"),
        ("2019年1—10月诊疗人次数(万人次)", "2019-01..2019-10", "诊疗人次数(万人次)"),
        ("总诊疗人次数(2024年)", "2024", "总诊疗人次数"),
        ("出院人数_2023", "2023", "出院人数"),
        ("2024年第二季度 门诊人次", "2024Q2", "门诊人次"),
        ("2015年总诊疗人次数", "2015", "总诊疗人次数"),
        ("2024年6月", "2024-06", ""),
    ] {
        let found = find_in(text).map(|found| (found.written.span.to_string(), found.rest));
        assert_eq!(found, Some((span.to_owned(), rest.to_owned())), "{text}");
    }
    for text in [
        "诊疗人次",
        "2000元以上",
        "监测指标(2024版)",
        "2023年与2024年比较",
        "万元以上设备台数",
        "1-6月诊疗人次",
        "12-2024",
        "2024-13",
        "国卫医发〔2018〕26号 2020年",
        "3级手术",
    ] {
        assert_eq!(find_in(text), None, "{text}");
    }
}

#[test]
fn file_names_give_their_period() {
    for (path, span) in [
        ("2024年6月_服务.csv", "2024-06"),
        ("services-202406.csv", "2024-06"),
        ("exports/2025Q1.csv", "2025Q1"),
        ("exports\\2025H1.xlsx", "2025H1"),
        ("exports/2024/services.csv", "2024"),
        ("2024/services-202406.csv", "2024-06"),
        ("services-2024.06.csv", "2024-06"),
        ("月报2024-06.csv", "2024-06"),
        ("2024年1-6月.csv", "2024H1"),
        ("services_2024.csv", "2024"),
    ] {
        assert_eq!(find_in_path(path).map(|written| written.span.to_string()).as_deref(), Some(span), "{path}");
    }
    for path in [
        "services.csv",
        "2023-2024.csv",
        "2024/123456.csv",
        "202401_202406.csv",
        "2024年数据(2024年6月导出).csv",
        "20240631.csv",
        "a/2023/2024/b.csv",
    ] {
        assert_eq!(find_in_path(path), None, "{path}");
    }
}

proptest! {
    /// No text makes the reader panic; what is found in a text is also read alone.
    #[test]
    fn any_text_is_answered(text in "[0-9年月日季度第上下半全一二三十QHqh./ 至—-]{0,16}", year in prop::option::of(2000..2030)) {
        let _ = parse(&text, year);
        if let Some(found) = find_in(&text) {
            prop_assert!(found.rest.len() < text.len());
        }
        let _ = find_in_path(&text);
    }

    #[test]
    fn any_string_is_answered(text in any::<String>()) {
        let _ = (parse(&text, Some(2024)), find_in(&text), find_in_path(&text));
    }

    /// T1: every canonical spelling of a likely year reads back, alone and inside a text.
    #[test]
    fn canonical_spellings_read_back(first in 2000_i32 * 12..2050 * 12, length in 1_i32..30) {
        let start = Month::new(first / 12, u32::try_from(first % 12).unwrap_or(0) + 1).expect("a month");
        let span = Span::new(start, start.plus(length - 1)).expect("in order");
        // Several whole years have no spelling of their own but month to month.
        prop_assert_eq!(parse(&span.to_string(), None).map(|written| written.span), Some(span));
        prop_assert_eq!(find_in(&format!("诊疗_{span}")).map(|found| found.written.span), Some(span));
    }
}
