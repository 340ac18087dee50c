//! A text that many places hold and nobody changes: a code, a name, a header, a path.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

use arcstr::ArcStr;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::Text;
use super::person::masked;

/// A counted text in the space of one pointer: to clone it copies no letters. There may be a million findings.
#[derive(Clone, Default, Hash, PartialEq, Eq)]
pub struct Shared(ArcStr);

impl Shared {
    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without numbers that name a person: itself where there are none.
    #[must_use]
    pub fn masked(self) -> Self {
        match masked(&self) {
            Cow::Borrowed(_) => self,
            Cow::Owned(masked) => masked.into(),
        }
    }
}

impl Deref for Shared {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Shared {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Shared {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Ord for Shared {
    fn cmp(&self, other: &Self) -> Ordering {
        // Findings are sorted by what most of them share.
        if ArcStr::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.as_str().cmp(other.as_str()) }
    }
}

impl PartialOrd for Shared {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq<str> for Shared {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Shared {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Shared {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Shared> for str {
    fn eq(&self, other: &Shared) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Shared> for String {
    fn eq(&self, other: &Shared) -> bool {
        self == other.as_str()
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl From<&str> for Shared {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Shared {
    fn from(text: &String) -> Self {
        Self(text.into())
    }
}

impl From<String> for Shared {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&Self> for Shared {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl From<Shared> for String {
    fn from(text: Shared) -> Self {
        text.as_str().to_owned()
    }
}

impl From<&Shared> for String {
    fn from(text: &Shared) -> Self {
        text.as_str().to_owned()
    }
}

impl From<Shared> for Text {
    fn from(text: Shared) -> Self {
        Self::same(text)
    }
}

impl Serialize for Shared {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// A string like any other.
impl JsonSchema for Shared {
    fn inline_schema() -> bool {
        String::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A place in the data holds eight of them, and a million findings have one each.
    #[test]
    fn it_takes_a_pointer_and_is_not_copied() {
        assert_eq!(size_of::<Option<Shared>>(), size_of::<usize>());
        let (one, other) = (Shared::from("甲县人民医院"), Shared::from("甲县人民医院"));
        assert_eq!(one.clone().as_ptr(), one.as_ptr());
        assert_ne!(one.as_ptr(), other.as_ptr());
        assert_eq!(one, other);
        assert_eq!(one.clone().masked().as_ptr(), one.as_ptr());
    }

    #[test]
    fn a_number_that_names_a_person_is_masked() {
        let masked = Shared::from("张三 13812345678").masked();
        assert!(masked.starts_with("张三 138") && !masked.contains("12345678"), "{masked}");
    }

    proptest! {
        /// Findings stand in the order of their letters, whether these are shared or not.
        #[test]
        fn it_is_ordered_by_its_letters(a in "[a-c甲]{0,3}", b in "[a-c甲]{0,3}") {
            let (one, other) = (Shared::from(&a), Shared::from(&b));
            prop_assert_eq!(one.cmp(&other), a.cmp(&b));
            prop_assert_eq!(one == other, a == b);
            prop_assert_eq!(one.cmp(&one.clone()), Ordering::Equal);
        }
    }
}
