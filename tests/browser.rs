//! The report in a real browser, where there is one: it opens offline without a word on the console, its tables sort and
//! filter, a score leads down to its cells, and it prints.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

#[path = "support/program.rs"]
mod program;

use program::kaohe;

/// Browsers that run without a window.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// A browser of this machine; says so where there is none.
fn browser() -> Option<&'static str> {
    let runs = |name: &&&str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let found = BROWSERS.iter().find(runs).copied();
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: none of {BROWSERS:?} is installed");
    }
    found
}

/// Runs the browser on a page without a network; what it prints, and what it says.
fn run(browser: &str, page: &Path, args: &[&str]) -> (String, String) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let profile = format!("--user-data-dir={}", place.path().display());
    let fixed = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND"];
    let output = Command::new(browser).args(fixed).arg(profile).args(args).arg(format!("file://{}", page.display())).output();
    let output = output.expect("the browser starts");
    (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// What a reader does, written down by a script at the end of the page.
const ACTIONS: &str = r#"<script>
const said = [];
const sorted = document.querySelector("table.sort");
const column = [...sorted.tHead.rows[0].cells].findIndex((cell) => cell.textContent.startsWith("总分"));
const totals = () => [...sorted.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.className).map((row) => row.cells[column].textContent);
sorted.tHead.rows[0].cells[column].querySelector("[role=button]").click();
said.push("down " + totals().join(","));
sorted.tHead.rows[0].cells[column].querySelector("[role=button]").click();
said.push("up " + totals().join(","));
const input = document.querySelector(".filter-box input");
input.value = "病床使用率";
input.dispatchEvent(new Event("input"));
said.push("filtered " + document.querySelector(".filter-box [role=status]").textContent);
const link = document.querySelector('section.unit td a, section.unit th a');
location.hash = link.getAttribute("href");
dispatchEvent(new HashChangeEvent("hashchange"));
const place = document.querySelector(link.getAttribute("href"));
said.push("open " + place.open + " " + (place.querySelectorAll("table").length > 0));
document.body.setAttribute("data-said", said.join("; "));
</script>"#;

#[test]
fn the_report_works_in_a_browser() {
    let Some(browser) = browser() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = tempfile::tempdir().expect("a temporary folder");
    let result = place.path().join("result");
    let ran = kaohe(root, ["score", "examples/linyi", "--lang", "zh", "--quiet", "-o", &result.to_string_lossy()]);
    assert_eq!((ran.code, ran.out.is_empty()), (Some(0), false), "{}", String::from_utf8_lossy(&ran.err));
    let page = fs::read_to_string(result.join("report.html")).expect("a page");
    let acted = place.path().join("acted.html");
    fs::write(&acted, page.replace("</body>", &format!("{ACTIONS}</body>"))).expect("a page");

    let (shown, said) = run(browser, &acted, &["--dump-dom"]);
    assert!(!said.contains("CONSOLE"), "the console is clean: {said}");
    let expected = "down 92.69,61.53; up 61.53,92.69; filtered 2 / ";
    assert!(
        shown.contains(&format!("data-said=\"{expected}")),
        "{:?}",
        shown.split("data-said").nth(1).map(|rest| &rest[..200.min(rest.len())])
    );
    assert!(shown.contains("; open true true"), "a score leads down to its tables");

    let paper = place.path().join("report.pdf");
    run(browser, &result.join("report.html"), &[&format!("--print-to-pdf={}", paper.display())]);
    let bytes = fs::read(&paper).expect("a printed report");
    assert!(bytes.starts_with(b"%PDF") && bytes.len() > 50_000, "{} bytes", bytes.len());
}
