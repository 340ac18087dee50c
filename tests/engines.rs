//! The recipes of `docs/pushdown.md`, run by the databases they are for: what is scored from their sums is what is scored
//! from the files. A database that is not installed is skipped with a word about it.
//!
//! DuckDB, ClickHouse (chDB) and Spark are packages of the Python that `KAOHE_ENGINES_PYTHON` names (`python3` if it is not set);
//! PostgreSQL is found on the search path, and a private server is started in a temporary folder.
#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with the files of the page, and the programs that its recipes call.
struct Desk {
    folder: TempDir,
    search: std::ffi::OsString,
    /// What its files spell.
    spelled: &'static [Spellings],
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pushdown.md")).expect("a page");
        let mut lines = page.lines();
        while let Some(line) = lines.next() {
            let Some(info) = line.strip_prefix("```") else { continue };
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if let Some((_, file)) = info.split_once(' ') {
                fs::write(folder.path().join(file), block.join("\n") + "\n").expect("a file");
            }
        }
        let programs = folder.path().join("programs");
        fs::create_dir(&programs).expect("a folder");
        // A link would not find the packages of a virtual environment.
        let python = programs.join("python3");
        fs::write(&python, format!("#!/bin/sh\nexec '{}' \"$@\"\n", python_name())).expect("a program");
        fs::set_permissions(&python, fs::Permissions::from_mode(0o755)).expect("a program");
        let kaohe = PathBuf::from(env!("CARGO_BIN_EXE_kaohe"));
        let own = std::env::var_os("PATH").unwrap_or_default();
        let all = [programs, kaohe.parent().expect("a folder").to_path_buf()].into_iter().chain(std::env::split_paths(&own));
        let search = std::env::join_paths(all).expect("a search path");
        Self { folder, search, spelled: &[] }
    }

    fn run(&self, program: &str, args: &[&str], settings: &[(&str, &str)]) -> Output {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.folder.path()).env("PATH", &self.search);
        command.envs(settings.iter().copied()).output().expect("a program")
    }

    /// Standard output of kaohe.
    #[track_caller]
    fn kaohe(&self, args: &[&str]) -> String {
        let ran = self.run(env!("CARGO_BIN_EXE_kaohe"), args, &[]);
        assert!(ran.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).expect("UTF-8")
    }

    /// Runs a recipe and compares what is made of its result with what is made of the files.
    #[track_caller]
    fn recipe(&self, script: &str, settings: &[(&str, &str)]) {
        let ran = self.run("sh", &["-e", script], settings);
        let said = String::from_utf8_lossy(&ran.stderr);
        // Findings end a run with 1.
        assert!(ran.status.code().is_some_and(|code| code < 2), "{script}: {said}");
        let terms = fs::read_to_string(self.folder.path().join("terms.csv")).unwrap_or_default();
        assert!(terms.lines().count() > 20, "{script}: {terms}{said}");
        for verb in ["measure", "score"] {
            let from_files = self.kaohe(&[verb, "--format", "csv", "-q"]);
            assert_eq!(self.kaohe(&[verb, "--format", "csv", "-q", "--terms", "terms.csv"]), from_files, "{script}: {said}");
            assert!(from_files.lines().count() > 2, "{from_files}");
        }
        self.same_figures(&terms);
    }

    /// Every figure of the files is in the terms file with the same value and state; all others count nowhere.
    #[track_caller]
    fn same_figures(&self, terms: &str) {
        self.kaohe(&["measure", "--partial", "own.csv", "-q"]);
        let own = fs::read_to_string(self.folder.path().join("own.csv")).expect("a terms file");
        let own = figures(own.trim_start_matches('\u{feff}'));
        let own: Vec<_> = own.into_iter().filter(|(_, (value, is_doubtful))| !value.is_empty() || *is_doubtful).collect();
        let summed: Vec<_> = figures(terms).into_iter().filter(|(key, _)| key[2] != "?").collect();
        assert_eq!(summed, own);
    }
}

/// Spellings of one cell, and whether a query reads them; each is written for an organisation of its own.
struct Spellings {
    /// First letter of the organisations' codes.
    letter: char,
    read: &'static [&'static str],
    rejected: &'static [&'static str],
}

const NUMBERS: Spellings = Spellings {
    letter: 'N',
    read: &[
        "0",
        "1600",
        "-3",
        "+4",
        "1,600",
        "1,234,567",
        "12.5",
        "0.005",
        "-0.005",
        "2.00005",
        "00012",
        "999999999999999",
        " 7 ",
        "",
        "-",
        "——",
        "/",
        "...",
        "无",
        "N/A",
        "null",
        "未报",
        "约3",
        "二百",
        "1.5.2",
        "12,34",
        "0,123",
        "5%",
    ],
    rejected: &["1.2万", "(3)", "３", "1e3", "12元", "'12", "¥5", ".5", "5.", "1 234", "0.12345678", "0000000000000001"],
};

const DATES: Spellings = Spellings {
    letter: 'D',
    read: &[
        "2025-02-07",
        "2025-2-7",
        "2025/2/7",
        "2025.2.7",
        "2025.02.07",
        "20250207",
        "2025年2月7日",
        "2025年02月07",
        "2025-02-07 09:30",
        "2025-02-07T09:30:00",
        "20250207093000",
        "20250207 9",
        "2025-02",
        "2025/2",
        "2025年2月",
        "202502",
        "2025.02",
        "2024-02-29",
        "2025-02-29",
        "2025-13-01",
        "20250230",
        "2025-00-01",
        "45723",
        "07.02.25",
        "-",
        "",
    ],
    rejected: &["２０２５-02-07", "2025-02-07至2025-02-08", "2025-02..2025-02", "2025 - 02 - 07", "2025年第2月7日"],
};

const WORDS: Spellings = Spellings {
    letter: 'W',
    read: &["下转", " 下转", "下 转", "上转", "下转(甲)", "下转（乙）", "", "x"],
    rejected: &["下\u{3000}转", "下\u{200b}转", "ｘ", "下转\n", "下转\r"],
};

const AMOUNTS: Spellings =
    Spellings { letter: 'A', read: &["1", "0.00125", "1,600.5", "", "-", "约3", "1000000.000001", "1000001"], rejected: &["1e2", "１"] };

const PERSONS: Spellings =
    Spellings { letter: 'P', read: &["P1", "p 1", "11010119900307123x", "张三", ""], rejected: &["Ｐ1", "é", "P1\n"] };

/// A year and a month, in two columns.
const MONTHS: Spellings = Spellings {
    letter: 'M',
    read: &[
        "2025|6",
        "2025年|06",
        "2025年度|二月",
        "2025|上半年",
        "2025|2025-06",
        "2025|Q2",
        "2025|",
        "|2025-06",
        "|",
        "2025|年",
        "2025|年度",
        "2025|第",
        "2025|-6",
        "2025|-",
        "2025|00:00",
        "2025|13",
        "2025|2024-06",
        "2025-01|6",
    ],
    rejected: &["２０２５|6", "2025|６", "2025|6 月", "2025|6\n"],
};

/// A year and a quarter, in two columns.
const QUARTERS: Spellings = Spellings {
    letter: 'Q',
    read: &["2025|2", "2025|02", "2025|第二季度", "2025|Q2", "2025|全年", "2025|2025-06", "2025|5", "2025|", "|2", "|2025-06", "2025|年"],
    rejected: &["2025|２", "2025\n|2"],
};

/// Cells under a header in ‰.
const PER_MILLE: Spellings = Spellings {
    letter: 'T',
    read: &["5", "5.25", "0", "-0.5", "1,000", "12.345678", "0.05", "0.049999", "", "-", "5%", "约3"],
    rejected: &["５", "5.", "1e1"],
};

/// Cells under a header in %.
const PER_CENT: Spellings = Spellings {
    letter: 'C',
    read: &["92.5", "92.5%", "-0.005%", "0.0049%", "100.0%", "1,000%", "%", "", "约3%"],
    rejected: &["92.5％", "5‰", "92.5 %", "5.%"],
};

/// Cells that must lie between 0.5 and 1000.
const LIMITED: Spellings = Spellings {
    letter: 'L',
    read: &["0.5", "0.500000", "0.499999", "0", "-1", "+7", "00012", "1000", "1,000", "1000.000001", "1,000.5", "1000000000"],
    rejected: &["", "无", "约3", "１", "1e2", "5.", "1.2万", "0.12345678", "5%", "1000000000.000001"],
};

/// A name with signs of other forms.
const WIDE: &str = "甲镇第Ⅱ卫生院Ａ区";

const PARTS: &str = r#"title = "Parts of a year"
period = "2025"
unit = "consortium"
criteria = "scheme.toml"
organisations = { path = "orgs.csv" }

[[source]]
path = "returns.csv"
period = { year = "年份", month = "月份" }

[[source]]
path = "beds.csv"
layout = "long"
organisation = { column = "机构" }
period = { year = "年份", quarter = "季度" }
item = { column = "项目" }
value = { column = "数值" }
columns = { "AA" = "income" }

[[source]]
path = "referrals.csv"
layout = "records"
organisation = { column = "转出机构" }
period = { column = "日期" }
items = [{ item = "up_within" }]
"#;

/// Spellings of cells.
const OF_CELLS: &[Spellings] = &[NUMBERS, DATES, WORDS, AMOUNTS, PERSONS];
/// Spellings of two cells, a year and its part.
const OF_PARTS: &[Spellings] = &[MONTHS, QUARTERS];
/// Spellings of percentages and of numbers with limits.
const OF_RATES: &[Spellings] = &[PER_MILLE, PER_CENT, LIMITED];

const RATES: &str = r#"[[item]]
id = "deaths"
name = "死亡率"
unit = "%"
decimals = 2
time = "mean"
[[item]]
id = "occupancy"
name = "床位使用率"
unit = "%"
decimals = 2
time = "mean"
[[item]]
id = "limited"
name = "费用在限内的人次"
unit = "person"
time = "flow"
"#;

const LIMITS: &str = r#"
[[source.items]]
item = "limited"
where = { "费用" = { at_least = 0.5, at_most = 1000 } }
"#;

impl Spellings {
    /// Each with the code of its organisation.
    fn all(&self) -> impl Iterator<Item = (String, &'static str)> {
        let (letter, all) = (self.letter, self.read.iter().chain(self.rejected));
        all.enumerate().map(move |(at, cell)| (format!("{letter}{at:02}"), *cell))
    }

    /// The organisations whose cells a query does not read.
    fn rejected(&self) -> impl Iterator<Item = String> {
        let letter = self.letter;
        (self.read.len()..self.read.len() + self.rejected.len()).map(move |at| format!("{letter}{at:02}"))
    }
}

impl Desk {
    /// The desk of the page with one organisation for each spelling.
    fn of_spellings() -> Self {
        let desk = Self { spelled: OF_CELLS, ..Self::new() };
        let quoted = |cell: &str| format!("\"{cell}\"");
        let codes = OF_CELLS.iter().flat_map(Spellings::all).map(|(code, _)| format!("{code},机构{code},东部,\n")).collect::<Vec<_>>();
        desk.write("orgs.csv", "code,name,consortium,aliases\n", &codes);
        let returns = NUMBERS.all().map(|(code, cell)| format!("{code},2025-02,{0},{0}\n", quoted(cell))).collect::<Vec<_>>();
        desk.write("returns.csv", "机构代码,年月,诊疗人次数,总收入(万元)\n", &returns);
        let beds = NUMBERS.all().map(|(code, cell)| format!("{code},2025-02,实有床位数,{}\n", quoted(cell))).collect::<Vec<_>>();
        desk.write("beds.csv", "机构,期间,项目,数值\n", &beds);
        let record = |date: &str, word: &str, code: &str, person: &str, amount: &str| {
            format!("R{code},{},{},住院,{code},{code},{},{}\n", quoted(date), quoted(word), quoted(person), quoted(amount))
        };
        let plain = "2025-02-07";
        let dates = DATES.all().map(|(code, cell)| record(cell, "下转", &code, "P1", "1"));
        let words = WORDS.all().map(|(code, cell)| record(plain, cell, &code, "P1", "1"));
        let amounts = AMOUNTS.all().map(|(code, cell)| record(plain, "下转", &code, "P1", cell));
        let persons = PERSONS.all().map(|(code, cell)| record(plain, "下转", &code, cell, "1"));
        let records = dates.chain(words).chain(amounts).chain(persons).collect::<Vec<_>>();
        desk.write("referrals.csv", "单号,日期,方向,类别,转出机构,转入机构,患者,费用(千元)\n", &records);
        desk
    }

    /// The desk of the page with periods in two columns. Figures of nobody and of a name that nobody can compare stand in
    /// one row, though their items have other decimals.
    fn of_parts() -> Self {
        let desk = Self { spelled: OF_PARTS, ..Self::new() };
        let codes = OF_PARTS.iter().flat_map(Spellings::all).map(|(code, _)| format!("{code},机构{code},东部,\n")).collect::<Vec<_>>();
        desk.write("orgs.csv", "code,name,consortium,aliases\n", &codes);
        let halves = |cell: &str| cell.split_once('|').map(|(year, part)| format!("\"{year}\",\"{part}\"")).expect("a year and a part");
        let months = MONTHS.all().map(|(code, cell)| format!("{code},{},7\n", halves(cell))).collect::<Vec<_>>();
        desk.write("returns.csv", "机构代码,年份,月份,诊疗人次数\n", &months);
        let nowhere = [",2025,2,总收入,5.25\n".to_owned(), "Q00,2025,2,ｘ项目,5\n".to_owned()];
        let quarters = QUARTERS.all().map(|(code, cell)| format!("{code},{},诊疗人次数,8\n", halves(cell)));
        desk.write("beds.csv", "机构,年份,季度,项目,数值\n", &quarters.chain(nowhere).collect::<Vec<_>>());
        let record = ["R1,2025-02-07,上转,住院,Q00,Q00,P1,1\n".to_owned()];
        desk.write("referrals.csv", "单号,日期,方向,类别,转出机构,转入机构,患者,费用(千元)\n", &record);
        desk.write("assessment.toml", PARTS, &[]);
        let load = fs::read_to_string(desk.folder.path().join("load.sql")).expect("a script");
        let load = load.replace(r#""年月" TEXT, "诊疗人次数" TEXT, "总收入(万元)" TEXT"#, r#""年份" TEXT, "月份" TEXT, "诊疗人次数" TEXT"#);
        desk.write("load.sql", &load.replace(r#""期间" TEXT"#, r#""年份" TEXT, "季度" TEXT"#), &[]);
        desk
    }

    /// The desk of the page with percentages, some of them in ‰, and records that count by the size of their amounts.
    fn of_rates() -> Self {
        let desk = Self { spelled: OF_RATES, ..Self::new() };
        let codes = OF_RATES.iter().flat_map(Spellings::all).map(|(code, _)| format!("{code},机构{code},东部,\n")).collect::<Vec<_>>();
        desk.write("orgs.csv", "code,name,consortium,aliases\n", &codes);
        let deaths = PER_MILLE.all().map(|(code, cell)| format!("{code},2025-02,\"{cell}\",1\n"));
        let occupancy = PER_CENT.all().map(|(code, cell)| format!("{code},2025-02,1,\"{cell}\"\n"));
        desk.write("returns.csv", "机构代码,年月,死亡率(‰),床位使用率(%)\n", &deaths.chain(occupancy).collect::<Vec<_>>());
        desk.write("beds.csv", "机构,期间,项目,数值\n", &["T00,2025-02,实有床位数,1\n".to_owned()]);
        let records = LIMITED.all().map(|(code, cell)| format!("R{code},2025-02-07,下转,门诊,{code},{code},P1,\"{cell}\"\n"));
        desk.write("referrals.csv", "单号,日期,方向,类别,转出机构,转入机构,患者,费用(千元)\n", &records.collect::<Vec<_>>());
        desk.with([
            ("load.sql", r#""诊疗人次数" TEXT, "总收入(万元)" TEXT"#, r#""死亡率(‰)" TEXT, "床位使用率(%)" TEXT"#),
            ("items.toml", "[[item]]\nid = \"visits\"", &format!("{RATES}[[item]]\nid = \"visits\"")),
            ("assessment.toml", "\n[[source.items]]\nitem = \"down_cost\"", &format!("{LIMITS}\n[[source.items]]\nitem = \"down_cost\"")),
        ])
    }

    /// The desk of the page with a record of a month nobody knows, of a name that was somebody's for a time.
    fn of_former_name() -> Self {
        Self::new().with([
            ("orgs.csv", "B2,乙镇卫生院,西部,", "B2,乙镇卫生院,西部,乙乡卫生院(..2025-01)"),
            ("referrals.csv", "R06,20250210,上转,住院,甲镇卫生院", "R06,2025年第2月10日,上转,住院,乙乡卫生院"),
        ])
    }

    /// The desk of the page with a name of signs that databases do not bring to other ones, and a column named in two lines.
    fn of_wide_signs() -> Self {
        Self::new().with([
            ("orgs.csv", "甲镇卫生院", WIDE),
            ("referrals.csv", "甲镇卫生院", WIDE),
            ("beds.csv", "甲镇卫生院", WIDE),
            ("returns.csv", "诊疗人次数", "\"诊疗\n人次数\""),
            ("load.sql", "\"诊疗人次数\"", "\"诊疗\n人次数\""),
        ])
    }

    /// The desk with other texts in its files.
    fn with<const N: usize>(self, changes: [(&str, &str, &str); N]) -> Self {
        for (file, plain, changed) in changes {
            let text = fs::read_to_string(self.folder.path().join(file)).expect("a file");
            assert!(text.contains(plain), "{file}");
            self.write(file, &text.replace(plain, changed), &[]);
        }
        self
    }

    /// A record that may be of any month and anybody leaves no figure of the register.
    #[track_caller]
    fn has_no_figure_of_the_register(&self, script: &str, settings: &[(&str, &str)]) {
        let ran = self.run("sh", &["-e", script], settings);
        let terms = fs::read_to_string(self.folder.path().join("terms.csv")).unwrap_or_default();
        let figures = figures(&terms);
        let of_register: Vec<_> = figures.iter().filter(|(key, _)| key[0] == "3" && key[2] != "?").collect();
        assert!(of_register.len() > 5, "{script}: {}", String::from_utf8_lossy(&ran.stderr));
        assert!(of_register.iter().all(|(_, (value, is_doubtful))| value.is_empty() && *is_doubtful), "{script}: {of_register:?}");
    }

    fn write(&self, file: &str, head: &str, rows: &[String]) {
        fs::write(self.folder.path().join(file), format!("{head}{}", rows.concat())).expect("a file");
    }

    /// What a query reads it reads as intake does, what it does not read has no value, and nothing else has another one.
    #[track_caller]
    fn reads_as_intake_does(&self, script: &str, settings: &[(&str, &str)]) {
        let ran = self.run("sh", &["-e", script], settings);
        let said = String::from_utf8_lossy(&ran.stderr);
        let terms = fs::read_to_string(self.folder.path().join("terms.csv")).unwrap_or_default();
        self.kaohe(&["measure", "--partial", "own.csv", "-q"]);
        let own = fs::read_to_string(self.folder.path().join("own.csv")).expect("a terms file");
        let own = figures(own.trim_start_matches('\u{feff}'));
        let summed = figures(&terms);
        assert!(summed.len() > 30, "{script}: {said}");
        for (key, (value, _)) in summed.iter().filter(|(key, (value, _))| key[2] != "?" && !value.is_empty()) {
            assert_eq!(own.get(key).map(|(value, _)| value), Some(value), "{script}: {key:?}");
        }
        let rejected: Vec<String> = self.spelled.iter().flat_map(Spellings::rejected).collect();
        for (key, figure) in own.iter().filter(|(key, _)| !rejected.contains(&key[1])) {
            let is_missing = figure.0.is_empty() && !figure.1;
            assert!(is_missing || summed.get(key) == Some(figure), "{script}: {key:?} is {figure:?}, not {:?}", summed.get(key));
        }
        for code in rejected {
            let lost = own
                .iter()
                .any(|(key, (value, _))| key[1] == code && !value.is_empty() && summed.get(key).is_none_or(|(value, _)| value.is_empty()));
            assert!(lost, "{script}: {code} was read");
        }
    }
}

/// By source, organisation, period and item: the value without zeros behind its point, and whether a cell conflicted or was
/// rejected.
fn figures(terms: &str) -> std::collections::BTreeMap<[String; 4], (String, bool)> {
    let mut reader = csv::Reader::from_reader(terms.as_bytes());
    let codes: [(&str, &str); 5] = [("甲医院", "A1"), ("甲镇卫生院", "A2"), (WIDE, "A2"), ("乙医院", "B1"), ("乙镇卫生院", "B2")];
    let code = |name: &str| codes.iter().find(|(known, _)| *known == name).map_or(name, |(_, code)| code).to_owned();
    let plain =
        |value: &str| if value.contains('.') { value.trim_end_matches('0').trim_end_matches('.').to_owned() } else { value.to_owned() };
    let parts =
        [("2025 上半年", "2025H1"), ("2025 第二季度", "2025Q2"), ("2025 Q2", "2025Q2"), ("2025 全年", "2025"), ("2025 二月", "2025-02")];
    let period = |text: &str| parts.iter().find(|(written, _)| *written == text).map_or(text, |(_, plain)| plain).to_owned();
    let mut found = std::collections::BTreeMap::new();
    for record in reader.records() {
        let row = record.expect("a row");
        let key = [row[2].to_owned(), code(&row[3]), period(&row[4]), row[5].to_owned()];
        let twice = found.insert(key, (plain(&row[6]), row[10] != *"0" || row[11] != *"0"));
        assert!(twice.is_none(), "a second row of {row:?}");
    }
    found
}

fn python_name() -> String {
    std::env::var("KAOHE_ENGINES_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// Whether a package of Python is there; if not, says how to get it.
fn has_package(name: &str) -> bool {
    let ran = Command::new(python_name()).args(["-c", &format!("import {name}")]).output();
    let is_there = ran.is_ok_and(|ran| ran.status.success());
    if !is_there {
        skip(&format!("the Python package {name} is not installed (pip install {name}; KAOHE_ENGINES_PYTHON names the Python)"));
    }
    is_there
}

/// Written past the harness, which keeps what a test prints that passes.
fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// A warning about the sample ends the run with 1.
#[test]
fn a_column_that_looks_like_an_item_is_said_beside_the_query() {
    let desk = Desk::new();
    let ended = |desk: &Desk| desk.run(env!("CARGO_BIN_EXE_kaohe"), &["sql", "--dialect", "duckdb"], &[]);
    assert_eq!(ended(&desk).status.code(), Some(0));
    let ran = ended(&desk.with([("returns.csv", "诊疗人次数", "诊疗人次数量")]));
    let (query, said) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(query.contains("SELECT") && said.contains("诊疗人次数量"), "{said}");
}

#[test]
fn duckdb_sums_what_the_files_come_to() {
    if has_package("duckdb") {
        Desk::new().recipe("duckdb.sh", &[]);
        Desk::of_spellings().reads_as_intake_does("duckdb.sh", &[]);
        Desk::of_parts().reads_as_intake_does("duckdb.sh", &[]);
        Desk::of_rates().reads_as_intake_does("duckdb.sh", &[]);
        Desk::of_former_name().has_no_figure_of_the_register("duckdb.sh", &[]);
        Desk::of_wide_signs().recipe("duckdb.sh", &[]);
    }
}

#[test]
fn clickhouse_sums_what_the_files_come_to() {
    if has_package("chdb") {
        Desk::new().recipe("clickhouse.sh", &[]);
        Desk::of_spellings().reads_as_intake_does("clickhouse.sh", &[]);
        Desk::of_parts().reads_as_intake_does("clickhouse.sh", &[]);
        Desk::of_rates().reads_as_intake_does("clickhouse.sh", &[]);
        Desk::of_former_name().has_no_figure_of_the_register("clickhouse.sh", &[]);
        Desk::of_wide_signs().recipe("clickhouse.sh", &[]);
    }
}

#[test]
fn spark_sums_what_the_files_come_to() {
    if !has_package("pyspark") {
        return;
    }
    if Command::new("java").arg("-version").output().is_err() {
        return skip("Spark needs a Java runtime (java on the search path)");
    }
    Desk::new().recipe("spark.sh", &[]);
    Desk::of_spellings().reads_as_intake_does("spark.sh", &[]);
    Desk::of_parts().reads_as_intake_does("spark.sh", &[]);
    Desk::of_rates().reads_as_intake_does("spark.sh", &[]);
    Desk::of_former_name().has_no_figure_of_the_register("spark.sh", &[]);
    Desk::of_wide_signs().recipe("spark.sh", &[]);
}

#[test]
fn postgres_sums_what_the_files_come_to() {
    let Some(server) = Server::start() else { return };
    let socket = server.folder.path().to_str().expect("a path");
    let at = |database| [("PGHOST", socket), ("PGUSER", "kaohe"), ("PGDATABASE", database)];
    Desk::new().recipe("postgres.sh", &at("postgres"));
    Desk::of_spellings().reads_as_intake_does("postgres.sh", &at("template1"));
    for database in ["parts", "rates", "former", "wide"] {
        server.ran("createdb", &["-h", socket, "-U", "kaohe", "-T", "template0", database]);
    }
    Desk::of_parts().reads_as_intake_does("postgres.sh", &at("parts"));
    Desk::of_rates().reads_as_intake_does("postgres.sh", &at("rates"));
    Desk::of_former_name().has_no_figure_of_the_register("postgres.sh", &at("former"));
    Desk::of_wide_signs().recipe("postgres.sh", &at("wide"));
}

/// A PostgreSQL server of our own, reached through a socket in its folder.
struct Server {
    folder: TempDir,
    control: PathBuf,
    as_root: bool,
}

impl Server {
    /// Starts one, or says why there is none.
    fn start() -> Option<Self> {
        if ["psql", "initdb"].iter().any(|program| Command::new(program).arg("--version").output().is_err()) {
            skip("PostgreSQL is not installed (psql and initdb on the search path; Debian: postgresql)");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").expect("a temporary folder");
        let found = Command::new("sh").args(["-c", "readlink -f \"$(command -v initdb)\""]).output().expect("a shell");
        let control = PathBuf::from(String::from_utf8_lossy(&found.stdout).trim()).with_file_name("pg_ctl");
        let user = Command::new("id").arg("-u").output().expect("a user");
        let as_root = user.stdout == b"0\n";
        let server = Self { folder, control, as_root };
        if server.as_root && !server.give_away() {
            skip("PostgreSQL does not run as root, and there is no user postgres to run it (runuser)");
            return None;
        }
        let data = server.folder.path().join("data").display().to_string();
        server.ran("initdb", &["-D", &data, "-U", "kaohe", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        let options = format!("-c listen_addresses='' -c fsync=off -k '{}'", server.folder.path().display());
        let log = server.folder.path().join("log").display().to_string();
        let control = server.control.display().to_string();
        server.ran(&control, &["-D", &data, "-o", &options, "-l", &log, "-w", "start"]);
        Some(server)
    }

    /// Lets another user have the folder; false where there is none.
    fn give_away(&self) -> bool {
        let folder = self.folder.path().display().to_string();
        Command::new("runuser").args(["-u", "postgres", "--", "true"]).output().is_ok_and(|ran| ran.status.success())
            && Command::new("chown").args(["postgres", &folder]).status().is_ok_and(|status| status.success())
    }

    fn command(&self, program: &str, args: &[&str]) -> Command {
        if !self.as_root {
            let mut command = Command::new(program);
            command.args(args);
            return command;
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", program]).args(args).current_dir("/");
        command
    }

    #[track_caller]
    fn ran(&self, program: &str, args: &[&str]) {
        // The server would keep a pipe open.
        let status = self.command(program, args).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()), "{program} {args:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data").display().to_string();
        let control = self.control.display().to_string();
        let _ = self.command(&control, &["-D", &data, "-m", "immediate", "stop"]).output();
    }
}
