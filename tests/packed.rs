//! Packed files and standard input: the same result as from the file itself, and never a part as the whole.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use kaohe::assess;
use kaohe::assessment::{self, Request};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

#[path = "support/gzip.rs"]
mod gzip;
#[path = "support/program.rs"]
mod program;

use gzip::gzip;
use program::{Ran, kaohe};

const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/base");

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A copy of the base whose data stand in a file of this name.
fn desk(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for file in fs::read_dir(BASE).expect("a folder") {
        let path = file.expect("an entry").path();
        fs::copy(&path, desk.path().join(path.file_name().expect("a name"))).expect("a copy");
    }
    fs::remove_file(desk.path().join("data.csv")).expect("a file");
    fs::write(desk.path().join(name), bytes).expect("a file");
    let assessment = desk.path().join("assessment.toml");
    let text = fs::read_to_string(&assessment).expect("a file");
    fs::write(&assessment, text.replace("\"data.csv\"", &format!("{name:?}"))).expect("a file");
    desk
}

fn data() -> Vec<u8> {
    fs::read(Path::new(BASE).join("data.csv")).expect("a file")
}

fn score(desk: &Path) -> Ran {
    kaohe(desk, ["score", "--format", "csv", "--lang", "en"])
}

fn said(ran: &Ran) -> String {
    String::from_utf8_lossy(&ran.err).into_owned()
}

/// The name does not say how a file is packed, and several packed pieces are one file.
#[test]
fn a_packed_file_gives_the_result_of_what_is_in_it() {
    let plain = score(desk("data.csv", &data()).path());
    assert_eq!(plain.code, Some(0), "{}", said(&plain));
    let all = data();
    let (front, back) = all.split_at(all.len() / 2);
    // A frame of Zstandard that holds four bytes for nobody.
    let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4][..], &zstd(back)].concat();
    for (name, bytes) in [
        ("data.csv.gz", gzip(&all)),
        ("data.csv.zst", zstd(&all)),
        ("data.csv", gzip(&all)),
        ("data.csv.gz", [gzip(front), gzip(back)].concat()),
        ("data.csv.zst", [zstd(front), skipped].concat()),
        ("data.csv.gz", all.clone()),
    ] {
        let ran = score(desk(name, &bytes).path());
        assert_eq!((ran.code, &ran.out), (plain.code, &plain.out), "{name}: {}", said(&ran));
    }
}

/// The manifest has the checksum of the file that was handed in, not of what is in it.
#[test]
fn the_manifest_names_the_packed_file() {
    let desk = desk("data.csv.gz", &gzip(&data()));
    assert_eq!(kaohe(desk.path(), ["score", "-o", "out"]).code, Some(0));
    let verified = kaohe(desk.path(), ["verify", "out", "--lang", "en"]);
    assert_eq!(verified.code, Some(0), "{}", said(&verified));
    fs::write(desk.path().join("data.csv.gz"), gzip(&data().to_ascii_uppercase())).expect("a file");
    assert_eq!(kaohe(desk.path(), ["verify", "out", "--lang", "en"]).code, Some(1));
}

/// Cut short anywhere, a packed file is refused as a whole.
#[test]
fn a_packed_file_that_is_cut_short_or_damaged_is_refused() {
    for (name, whole) in [("data.csv.gz", gzip(&data())), ("data.csv.zst", zstd(&data()))] {
        let cuts = [5, 8, whole.len() / 2, whole.len() - 5, whole.len() - 1];
        let mut broken: Vec<Vec<u8>> = cuts.iter().map(|at| whole[..*at].to_vec()).collect();
        let mut flipped = whole.clone();
        let middle = whole.len() / 2;
        flipped[middle] ^= 0x10;
        broken.push(flipped);
        for bytes in broken {
            let ran = score(desk(name, &bytes).path());
            assert_eq!(ran.code, Some(2), "{name}, {} of {} bytes: {}", bytes.len(), whole.len(), said(&ran));
            assert!(said(&ran).contains("error[file/packed]"), "{name}, {} bytes: {}", bytes.len(), said(&ran));
        }
    }
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let desk = desk("data.csv", &data());
    let plain = score(desk.path());
    let assessment = desk.path().join("assessment.toml");
    let text = fs::read_to_string(&assessment).expect("a file");
    fs::write(&assessment, text.replace("data.csv", "-")).expect("a file");
    for bytes in [data(), gzip(&data())] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_kaohe"));
        run.current_dir(desk.path()).args(["score", "--format", "csv", "--lang", "en"]);
        let mut run = run.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        run.stdin.take().expect("a pipe").write_all(&bytes).expect("it is read");
        let output = run.wait_with_output().expect("it ends");
        assert_eq!(output.stdout, plain.out, "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// What is not kept in memory gives what is: the same figures, in whatever way the file is encoded, packed or handed in.
#[test]
fn a_large_file_gives_the_result_of_a_small_one() {
    let plain = score(desk("data.csv", &data()).path());
    let blank = "\r\n".repeat(50_000);
    let all = String::from_utf8(data()).expect("UTF-8").replacen('\n', &format!("\n{blank}"), 2);
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(all.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let chinese = encoding_rs::GB18030.encode(&all.replace("code,", "机构代码,")).0.into_owned();
    for (name, bytes) in
        [("data.csv", all.clone().into_bytes()), ("data.csv", utf16), ("data.csv", chinese), ("data.csv.zst", zstd(all.as_bytes()))]
    {
        let ran = score(desk(name, &bytes).path());
        assert_eq!((ran.code, &ran.out), (plain.code, &plain.out), "{name}: {}", said(&ran));
    }
}

/// Of a large file the end is looked at when it is read, and tells, too, how it is encoded.
#[test]
fn the_end_of_a_large_file_tells_how_it_is_encoded() {
    let plain = score(desk("data.csv", &data()).path());
    let more = "\r\n".repeat(800_000);
    let encoding = |desk: &Path| {
        let out = desk.join("out");
        let ran = kaohe(desk, ["score", "-o", "out", "--format", "csv", "--lang", "en"]);
        let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).expect("a manifest")).expect("JSON");
        let data = manifest["inputs"].as_array().expect("inputs").iter().find(|input| input["role"] == "data").cloned();
        (ran.out, data.expect("data")["encoding"].clone())
    };
    let text = String::from_utf8(data()).expect("UTF-8");
    let remarks = text.lines().enumerate().map(|(number, line)| format!("{line},{}\n", if number == 0 { "remark" } else { "中心卫生院" }));
    let remarked: String = remarks.collect::<String>().replacen('\n', &format!("\n{more}"), 1);
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&remarked);
    for (bytes, found) in
        [(remarked.as_bytes(), "UTF-8"), (&gb18030[..], "GB18030"), ([text.as_bytes(), more.as_bytes()].concat().as_slice(), "UTF-8")]
    {
        let (out, encoding) = encoding(desk("data.csv", bytes).path());
        assert_eq!((out, encoding.as_str()), (plain.out.clone(), Some(found)));
    }
    for wrong in [&b"E1,\xff\n"[..], b"E1,\0\n"] {
        let ran = score(desk("data.csv", &[text.as_bytes(), more.as_bytes(), wrong].concat()).path());
        assert_eq!((ran.code, ran.out.is_empty()), (Some(2), true), "{}", said(&ran));
        assert!(said(&ran).contains(if wrong.contains(&0) { "error[file/binary]" } else { "error[file/undecodable]" }), "{}", said(&ran));
    }
}

/// D4: a large file is read again when its figures are wanted. If it is another one then, there is no result.
#[test]
fn a_large_file_that_changed_since_it_was_first_read_stops_the_run() {
    for lines in [100_000, 2_000_000] {
        changed(lines);
    }
}

/// The same whether all of it was looked at before or only its beginning.
fn changed(lines: usize) {
    let all = [data(), b"\n".repeat(lines)].concat();
    let desk = desk("data.csv", &all);
    let request = Request { path: desk.path().to_path_buf(), ..Request::default() };
    let prepared = |change: &dyn Fn()| {
        let assessment = assessment::load(&request).0.expect("an assessment");
        change();
        assess::prepare(&assessment).map(|_| ()).map_err(|found| found.iter().map(|one| one.code.id()).collect::<Vec<_>>())
    };
    assert_eq!(prepared(&|| {}), Ok(()));
    let other = String::from_utf8(all).expect("UTF-8").replace("E1,2025,100", "E1,2025,900");
    assert_eq!(prepared(&|| fs::write(desk.path().join("data.csv"), &other).expect("a file")), Err(vec!["file/changing"]));
    assert_eq!(prepared(&|| fs::remove_file(desk.path().join("data.csv")).expect("a file")), Err(vec!["file/not-found"]));
}
