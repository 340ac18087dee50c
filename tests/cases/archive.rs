//! Zip archives written as text.

/// A zip archive without compression: `--- PATH` begins a part, whose text follows.
pub(crate) fn bytes(lines: &[&str]) -> Vec<u8> {
    let mut parts: Vec<(&str, String)> = Vec::new();
    for line in lines {
        match (line.strip_prefix("--- "), parts.last_mut()) {
            (Some(path), _) => parts.push((path, String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let length = |text: &[u8]| u32::try_from(text.len()).expect("a small part").to_le_bytes();
    for (path, text) in &parts {
        let offset = length(&bytes);
        let name_length = u16::try_from(path.len()).expect("a short name").to_le_bytes();
        let mut common = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0x28];
        common.extend(crc32(text.as_bytes()).to_le_bytes());
        common.extend([length(text.as_bytes()), length(text.as_bytes())].concat());
        common.extend([name_length, [0, 0]].concat());
        bytes.extend([b"PK\x03\x04", &common[..], path.as_bytes(), text.as_bytes()].concat());
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &offset, path.as_bytes()].concat());
    }
    let count = u16::try_from(parts.len()).expect("few parts").to_le_bytes();
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &length(&directory), &length(&bytes), &[0, 0]].concat();
    [bytes, directory, end].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
