//! What a [`Node`] hands to serde piece by piece: entries, elements, keys, choices. Here faults are
//! noted and stand-ins take the place of what was wrong.

use std::marker::PhantomData;
use std::ops::Range;

use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::blank::{Blank, key, position};
use super::fault::{Fault, Kind, wanted};
use super::located::LOCATED;
use super::node::{Context, Node};

/// The entries of a table, then the keys found missing before.
pub(super) struct TableAccess<'a> {
    entries: Vec<(&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>)>,
    next: usize,
    absent: Vec<&'static str>,
    address: usize,
    value: Option<Node<'a>>,
    context: &'a Context<'a>,
}

impl<'a> TableAccess<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, node: &Node<'a>) -> Self {
        let address = std::ptr::from_ref(table).addr();
        let absent = node.context.absent.borrow().iter().filter(|(table, _)| *table == address).map(|(_, key)| *key).collect();
        let is_free = |name: &Spanned<DeString<'_>>| node.is_root && (name.get_ref() == "meta" || name.get_ref().starts_with("x-"));
        let entries = table.iter().filter(|(name, _)| !is_free(name)).collect();
        Self { entries, next: 0, absent, address, value: None, context: node.context }
    }
}

impl<'a> MapAccess<'a> for TableAccess<'a> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        if let Some((name, value)) = self.entries.get(self.next) {
            self.next += 1;
            self.value = Some(Node::new(value, self.context));
            return seed.deserialize(Key { name: name.get_ref(), span: name.span() }).map(Some);
        }
        self.value = None;
        self.absent.pop().map(|name| seed.deserialize(key(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some(node) => node.placed(seed.deserialize(node)),
            None => seed.deserialize(Blank),
        }
    }

    fn next_key<K: Deserialize<'a>>(&mut self) -> Result<Option<K>, Fault> {
        loop {
            match self.next_key_seed(PhantomData) {
                Err(fault) if !matches!(fault.kind, Kind::Hollow) => self.context.note(Fault { table: Some(self.address), ..fault }),
                other => return other,
            }
        }
    }

    fn next_value<V: Deserialize<'a>>(&mut self) -> Result<V, Fault> {
        let read = self.next_value_seed(PhantomData);
        self.context.or_blank(read)
    }
}

/// The elements of a list.
pub(super) struct ListAccess<'a> {
    pub(super) items: std::slice::Iter<'a, Spanned<DeValue<'a>>>,
    pub(super) context: &'a Context<'a>,
}

impl<'a> SeqAccess<'a> for ListAccess<'a> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let node = Node::new(item, self.context);
        node.placed(seed.deserialize(node)).map(Some)
    }

    fn next_element<T: Deserialize<'a>>(&mut self) -> Result<Option<T>, Fault> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let node = Node::new(item, self.context);
        self.context.or_blank(node.placed(T::deserialize(node))).map(Some)
    }
}

/// The place of a value, then the value.
pub(super) struct Place<T> {
    pub(super) span: Range<usize>,
    pub(super) next: u8,
    pub(super) value: T,
}

impl<'a, T: Deserializer<'a, Error = Fault> + Clone> SeqAccess<'a> for Place<T> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        self.next += 1;
        match self.next {
            1 => seed.deserialize(position(self.span.start)).map(Some),
            2 => seed.deserialize(position(self.span.end)).map(Some),
            _ => seed.deserialize(self.value.clone()).map(Some),
        }
    }
}

/// A key of the file.
#[derive(Clone)]
struct Key<'a> {
    name: &'a str,
    span: Range<usize>,
}

impl<'a> Deserializer<'a> for Key<'a> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.name).map_err(|fault: Fault| fault.at(&self.span))
    }

    fn deserialize_struct<V: Visitor<'a>>(self, name: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        if name == LOCATED {
            visitor.visit_seq(Place { span: self.span.clone(), next: 0, value: self })
        } else {
            self.deserialize_any(visitor)
        }
    }

    fn deserialize_enum<V: Visitor<'a>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        let deserializer: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        visitor.visit_enum(deserializer).map_err(|fault: Fault| fault.at(&self.span))
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// One choice: a name, or a name with its content.
pub(super) struct Choice<'a> {
    pub(super) name: &'a str,
    pub(super) span: Range<usize>,
    pub(super) content: Option<Node<'a>>,
    pub(super) context: &'a Context<'a>,
}

impl<'a> EnumAccess<'a> for Choice<'a> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        Ok((seed.deserialize(Key { name: self.name, span: self.span.clone() })?, self))
    }
}

impl Choice<'_> {
    fn no_content(&self) -> Fault {
        Fault::wrong(wanted::content(self.name))
    }
}

impl<'a> VariantAccess<'a> for Choice<'a> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.content {
            None => Ok(()),
            Some(node) => node.placed(Err(Fault::wrong(wanted::words()))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Fault> {
        match self.content {
            Some(node) => node.placed(seed.deserialize(node)),
            None => Err(self.no_content()),
        }
    }

    fn newtype_variant<T: Deserialize<'a>>(self) -> Result<T, Fault> {
        match self.content {
            Some(node) => self.context.or_blank(node.placed(T::deserialize(node))),
            None => Err(self.no_content()),
        }
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content.ok_or_else(|| self.no_content())?.list(visitor)
    }

    fn struct_variant<V: Visitor<'a>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        self.content.ok_or_else(|| self.no_content())?.table(visitor)
    }
}
