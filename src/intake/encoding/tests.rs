use super::signs::beyond_ascii;
use super::*;
use crate::intake::content::tests::{file, gzip};

/// The text, whether the bytes are in memory or read while they are decoded, a few at a time.
#[track_caller]
fn text(bytes: &[u8], declared: Encoding) -> Result<(String, Found), Unreadable> {
    let read = |content: Result<Content, Unreadable>| {
        let content = content?;
        let decoded = decode(&content, declared)?;
        let whole = decoded.whole()?.into_owned();
        assert_eq!(decoded.whole().as_deref(), Ok(whole.as_str()), "once more");
        // How the end of a long file is encoded is known when it was read.
        Ok((whole, decode(&content, declared)?.encoding))
    };
    let held = read(Content::of(bytes));
    assert_eq!(read(Content::elsewhere(bytes)), held);
    assert_eq!(read(file(bytes)), held);
    held
}

#[track_caller]
fn reads(bytes: &[u8], declared: Encoding, expected: &str, found: Found) {
    assert_eq!(text(bytes, declared), Ok((expected.to_owned(), found)));
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

const HEADER: &str = "机构代码,门急诊人次\nA01,120\n";

/// D4: the clean case is not copied.
#[test]
fn utf8_in_memory_is_taken_over_without_a_copy() {
    for mark in [&b""[..], b"\xef\xbb\xbf"] {
        let content = Content::of(&[mark, HEADER.as_bytes()].concat()).expect("bytes");
        let decoded = decode(&content, Encoding::Auto).expect("UTF-8");
        let Text::Held(text) = decoded.text() else { panic!("the bytes are in memory") };
        assert_eq!(text, HEADER);
        assert_eq!(text.as_bytes().as_ptr(), content.in_memory().expect("in memory")[mark.len()..].as_ptr());
    }
}

/// A character may be divided between what is read at one time and the next.
#[test]
fn characters_are_read_whole_wherever_the_bytes_are_divided() {
    let line = "㐱家镇卫生院,1.5,两级转诊\n";
    let whole = line.repeat(3000);
    let (gb18030, _, _) = GB18030.encode(&whole);
    let little = [b"\xff\xfe".to_vec(), utf16(&whole, u16::to_le_bytes)].concat();
    for offset in 0..4 {
        let shifted = |bytes: &[u8]| [&b",,,,"[..offset], bytes].concat();
        let expected = shifted(whole.as_bytes());
        let expected = String::from_utf8_lossy(&expected);
        reads(&shifted(whole.as_bytes()), Encoding::Auto, &expected, Found::Utf8);
        reads(&shifted(&gb18030), Encoding::Auto, &expected, Found::Gb18030);
    }
    reads(&little, Encoding::Auto, &whole, Found::Utf16Le);
}

/// domain.md §7.2: UTF-8 with BOM, UTF-16 tab text ("Unicode 文本") and GBK from Excel.
#[test]
fn every_encoding_that_excel_writes_is_found() {
    let with = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
    reads(HEADER.as_bytes(), Encoding::Auto, HEADER, Found::Utf8);
    reads(&with(b"\xef\xbb\xbf", HEADER.into()), Encoding::Auto, HEADER, Found::Utf8Bom);
    reads(&with(b"\xff\xfe", utf16(HEADER, u16::to_le_bytes)), Encoding::Auto, HEADER, Found::Utf16Le);
    reads(&with(b"\xfe\xff", utf16(HEADER, u16::to_be_bytes)), Encoding::Auto, HEADER, Found::Utf16Be);
    // 机 is BB FA, 构 is B9 B9 in GB2312.
    reads(b"\xbb\xfa\xb9\xb9,1\n", Encoding::Auto, "机构,1\n", Found::Gb18030);
    reads(b"\xbb\xfa\xb9\xb9,1\n", Encoding::Gb18030, "机构,1\n", Found::Gb18030);
}

/// 㐱 (U+3431) stands in names of places and takes four bytes, which GBK does not have.
#[test]
fn rare_characters_of_gb18030_are_read() {
    let (bytes, _, _) = GB18030.encode("㐱家镇卫生院");
    reads(&bytes, Encoding::Auto, "㐱家镇卫生院", Found::Gb18030);
    assert_eq!(bytes.len(), 4 + 5 * 2);
}

#[test]
fn a_byte_order_mark_outweighs_the_declaration() {
    reads("\u{feff}年,1".as_bytes(), Encoding::Gb18030, "年,1", Found::Utf8Bom);
    let bytes = [b"\xff\xfe".to_vec(), utf16("年,1", u16::to_le_bytes)].concat();
    reads(&bytes, Encoding::Utf8, "年,1", Found::Utf16Le);
}

/// UTF-16 without a mark is read where it is declared, and never guessed.
#[test]
fn utf16_without_a_mark_must_be_declared() {
    for (bytes, found) in [(utf16(HEADER, u16::to_le_bytes), Found::Utf16Le), (utf16(HEADER, u16::to_be_bytes), Found::Utf16Be)] {
        reads(&bytes, Encoding::Utf16, HEADER, found);
        assert_eq!(text(&bytes, Encoding::Auto), Err(Unreadable::Binary(Binary::Utf16)));
    }
}

/// D4: the first undecodable byte is named by offset and line.
#[test]
fn an_undecodable_byte_has_a_place() {
    // 机构\n is 5 bytes of GB2312; FF begins no character.
    let place = |encoding, byte, line| Err(Unreadable::Undecodable { encoding, byte, line });
    assert_eq!(text(b"\xbb\xfa\xb9\xb9\n1,\xff\n", Encoding::Auto), place("GB18030", 7, 2));
    assert_eq!(text(b"\xbb\xfa\xb9\xb9\n", Encoding::Utf8), place("UTF-8", 0, 1));
    assert_eq!(text(b"a,b\n\n1,\xe4\xb8", Encoding::Utf8), place("UTF-8", 7, 3));
    assert_eq!(text(b"\xff\xfea\0\n\0\x00\xd8b\0", Encoding::Auto), place("UTF-16LE", 6, 2));
    assert_eq!(text(b"\xff\xfea\0b", Encoding::Auto), place("UTF-16LE", 4, 1));
}

/// Of a long text, whose rest is looked at when it is read, the same is said.
#[test]
fn what_is_wrong_far_behind_the_beginning_has_its_place() {
    let line = "㐱家镇卫生院,1.5,两级转诊\n";
    for mark in [&b""[..], b"\xef\xbb\xbf"] {
        let whole = [mark, line.repeat(3000).as_bytes()].concat();
        let found = if mark.is_empty() { Found::Utf8 } else { Found::Utf8Bom };
        let expected = line.repeat(3000);
        assert!(file(&whole).expect("bytes").is_unseen());
        reads(&whole, Encoding::Auto, &expected, found);
        reads(&whole, Encoding::Utf8, &expected, found);
        // A letter, the first byte of a character, one inside it, the end of the last line.
        for (number, within, begins) in [(901, 19, 19), (900, 0, 0), (2500, 7, 6), (2999, line.len() - 1, line.len() - 1)] {
            let at = mark.len() + number * line.len();
            let mut wrong = whole.clone();
            wrong[at + within] = 0xff;
            let expected = Err(Unreadable::Undecodable { encoding: "UTF-8", byte: at + begins, line: number + 1 });
            assert_eq!(text(&wrong, Encoding::Auto), expected, "{number} {within}");
        }
        // The first bytes of a character, and no more.
        let cut = [&whole[..], "院".as_bytes().get(..2).expect("three bytes")].concat();
        let expected = Err(Unreadable::Undecodable { encoding: "UTF-8", byte: whole.len(), line: 3001 });
        assert_eq!(text(&cut, Encoding::Auto), expected);
    }
    let with_nul = [line.repeat(3000).as_bytes(), b"1,\0\n"].concat();
    assert_eq!(text(&with_nul, Encoding::Auto), Err(Unreadable::Binary(Binary::Unknown)));
    assert_eq!(text(&with_nul, Encoding::Gb18030), Err(Unreadable::Binary(Binary::Unknown)));
    let endless = [line.repeat(3000), "1,".repeat(9 << 20)].concat();
    assert_eq!(text(endless.as_bytes(), Encoding::Auto), Err(Unreadable::TooLarge(Excess::Line)));
}

/// A long text may begin with what is the same in every encoding.
#[test]
fn what_comes_behind_ascii_tells_the_encoding() {
    let ascii = "A01,1.5,2025-01\n".repeat(700);
    let (behind, wrong) = ("B02,3,㐱家镇卫生院\n".repeat(90), "B02,3,㐱家镇卫生院\n".len());
    let (gb18030, _, _) = GB18030.encode(&behind);
    // Wherever what is read at one time ends.
    for offset in 0..7 {
        let shifted = |bytes: &[u8]| [&b",,,,,,"[..offset], ascii.as_bytes(), bytes].concat();
        let expected = String::from_utf8(shifted(behind.as_bytes())).expect("UTF-8");
        assert!(file(&shifted(&gb18030)).expect("bytes").is_unseen());
        reads(&shifted(behind.as_bytes()), Encoding::Auto, &expected, Found::Utf8);
        reads(&shifted(&gb18030), Encoding::Auto, &expected, Found::Gb18030);
        reads(&shifted(&gb18030), Encoding::Gb18030, &expected, Found::Gb18030);
        // What fits neither is named where the encoding it most likely has breaks off.
        let at = shifted(b"").len();
        let damaged = |bytes: &[u8], before: usize| shifted(&[&bytes[..before], b"\xff", &bytes[before..]].concat());
        let place = |encoding, byte, line| Err(Unreadable::Undecodable { encoding, byte, line });
        assert_eq!(text(&damaged(behind.as_bytes(), 5 * wrong), Encoding::Auto), place("UTF-8", at + 5 * wrong, 706));
        let length = gb18030.len() / 90;
        assert_eq!(text(&damaged(&gb18030, 7 * length), Encoding::Auto), place("GB18030", at + 7 * length, 708));
        assert_eq!(text(&shifted(&gb18030), Encoding::Utf8), place("UTF-8", at + 6, 701));
    }
    reads(ascii.as_bytes(), Encoding::Auto, &ascii, Found::Utf8);
    assert_eq!(text(&[ascii.as_bytes(), b"\0"].concat(), Encoding::Auto), Err(Unreadable::Binary(Binary::Unknown)));
}

/// A long text that begins as GB18030 is GB18030 to its end, unless most of it is UTF-8: then nobody knows what it is.
#[test]
fn a_long_text_of_gb18030_is_that_to_its_end() {
    let (line, times) = ("B02,3,㐱家镇卫生院\n", 900);
    let whole = line.repeat(times);
    let (gb18030, _, _) = GB18030.encode(&whole);
    assert!(file(&gb18030).expect("bytes").is_unseen());
    reads(&gb18030, Encoding::Auto, &whole, Found::Gb18030);
    reads(&gb18030, Encoding::Gb18030, &whole, Found::Gb18030);
    let length = gb18030.len() / times;
    let place = |encoding, byte, line| Err(Unreadable::Undecodable { encoding, byte, line });
    let wrong = [&gb18030[..800 * length], b"\xff\n", &gb18030[800 * length..]].concat();
    assert_eq!(text(&wrong, Encoding::Auto), place("GB18030", 800 * length, 801));
    assert_eq!(text(&gb18030, Encoding::Utf8), place("UTF-8", 6, 1));
    // 中文 of UTF-8 are three characters of GB18030: D6 is no first byte of UTF-8, E4 B8 and AD E6 are bytes of GB18030.
    let mostly_utf8 = [&gb18030[..], "中文\n".repeat(20 * times).as_bytes()].concat();
    assert!(file(&mostly_utf8).expect("bytes").is_unseen());
    assert_eq!(text(&mostly_utf8, Encoding::Auto), place("UTF-8", 6, 1));
    assert_eq!(text(&[&gb18030[..], b"\0\n"].concat(), Encoding::Auto), Err(Unreadable::Binary(Binary::Unknown)));
}

/// A UTF-8 file with one damaged byte must not turn into other Chinese characters.
#[test]
fn damaged_utf8_is_not_taken_for_gb18030() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes[3] = b'?';
    assert_eq!(text(&bytes, Encoding::Auto), Err(Unreadable::Undecodable { encoding: "UTF-8", byte: 4, line: 1 }));
    for text in ["机构名称,总诊疗人次数\n城关镇卫生院,120\n", "名称,值\na,中\n", "年,月,日\n"] {
        let (bytes, _, _) = GB18030.encode(text);
        reads(&bytes, Encoding::Auto, text, Found::Gb18030);
    }
}

/// D4: what is no text is told by name.
#[test]
fn other_formats_are_told_by_name() {
    for (bytes, kind) in [
        (&b"PK\x03\x04\x14\0\x06\0[Content_Types].xml"[..], Binary::Xlsx),
        (b"PK\x03\x04\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Binary::Ods),
        (b"PK\x03\x04\0\0readme.txt", Binary::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Binary::Xls),
        (b"%PDF-1.7\n", Binary::Pdf),
        (b"PAR1\x15\0PAR1", Binary::Parquet),
        (b"\x7fELF\0\0\0\0\x01", Binary::Unknown),
        (b"a,b,c,d,e,f,g,h,i,j\n1,\0,2,3,4,5,6,7", Binary::Unknown),
    ] {
        assert_eq!(text(bytes, Encoding::Auto), Err(Unreadable::Binary(kind)), "{kind:?}");
    }
    let long = [b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", &vec![0xff; 1 << 15][..]].concat();
    assert_eq!(text(&long, Encoding::Auto), Err(Unreadable::Binary(Binary::Xlsx)), "whose end nobody has seen");
    let twice = gzip(&gzip(b"a,b\n"));
    assert_eq!(text(&twice, Encoding::Auto), Err(Unreadable::Binary(Binary::Gzip)), "packed once more");
    for page in ["<html><table>", "\n <!DOCTYPE html>", "<?xml version=\"1.0\"?>"] {
        assert_eq!(text(page.as_bytes(), Encoding::Auto), Err(Unreadable::Markup));
    }
    for bytes in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe"] {
        assert_eq!(text(bytes, Encoding::Auto), Err(Unreadable::Empty));
    }
}

#[test]
fn names_are_taken_in_any_case() {
    for (text, encoding) in [("auto", Encoding::Auto), ("utf-8", Encoding::Utf8), ("Utf-16", Encoding::Utf16), ("GBK", Encoding::Gb18030)] {
        assert_eq!(serde_json::from_value::<Encoding>(text.into()).ok(), Some(encoding));
        assert_eq!(encoding.name().parse(), Ok(encoding));
    }
    assert!(serde_json::from_value::<Encoding>("big5".into()).is_err());
    assert_eq!(serde_json::to_value(Encoding::Gb18030).ok(), Some("GB18030".into()));
}

#[test]
fn a_diagnostic_names_file_place_and_kind() {
    use crate::text::Lang;
    let diagnostic = Unreadable::Undecodable { encoding: "GB18030", byte: 7, line: 2 }.diagnostic("exports/a.csv");
    assert_eq!(diagnostic.message.render(Lang::En), "exports/a.csv, line 2 (byte offset 7), is not GB18030 text");
    let diagnostic = Unreadable::Binary(Binary::Xls).diagnostic("a.csv");
    assert_eq!(diagnostic.message.render(Lang::Zh), "a.csv 不是文本，看来是 Excel 97–2003 工作簿(xls)");
    let all = [Unreadable::Empty, Unreadable::Markup, Unreadable::NoHeader, Unreadable::OpenHeader { line: 1 }];
    assert!(all.iter().all(|why| why.diagnostic("a.csv").is_error() && why.diagnostic("a.csv").render(Lang::En).contains("a.csv")));
}

proptest::proptest! {
    /// What is wrong with a text, and its characters of several bytes, stand in the parts of it that are not ASCII alone, none of
    /// them divided.
    #[test]
    fn parts_beyond_ascii_hold_everything_else(
        runs in proptest::collection::vec(("[ -~]{0,9}|[县医é]{1,3}|😀", 1_usize..900), 0..12),
        wrong in proptest::collection::vec((0_usize..9000, 0x80_u8..), 0..4),
    ) {
        let mut bytes: Vec<u8> = runs.iter().flat_map(|(text, times)| text.repeat(*times).into_bytes()).collect();
        for (at, byte) in wrong {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let other = |part: &[u8]| -> Vec<(Vec<char>, Vec<u8>)> {
            let chunk = |chunk: std::str::Utf8Chunk| (chunk.valid().chars().filter(|c| !c.is_ascii()).collect(), chunk.invalid().to_vec());
            part.utf8_chunks().map(chunk).filter(|(wide, wrong): &(Vec<char>, Vec<u8>)| !wide.is_empty() || !wrong.is_empty()).collect()
        };
        let joined = |found: Vec<(Vec<char>, Vec<u8>)>| {
            let wide: String = found.iter().flat_map(|(wide, _)| wide).collect();
            (wide, found.into_iter().map(|(_, wrong)| wrong).filter(|wrong| !wrong.is_empty()).collect::<Vec<_>>())
        };
        proptest::prop_assert_eq!(joined(beyond_ascii(&bytes).flat_map(other).collect()), joined(other(&bytes)));
    }
}
