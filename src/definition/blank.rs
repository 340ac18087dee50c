//! A stand-in for a value that is missing or wrong: it reads as anything, so that reading goes on
//! and finds the remaining faults. What is built from it is never handed out.

use serde::de::value::{StrDeserializer, UsizeDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::fault::{Fault, Kind};
use super::located::LOCATED;

/// The stand-in.
#[derive(Clone, Copy)]
pub(super) struct Blank;

fn hollow() -> Fault {
    Fault::new(Kind::Hollow)
}

macro_rules! zeros {
    ($($method:ident => $visit:ident($value:expr);)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for Blank {
    type Error = Fault;

    /// Hand-written visitors of numbers say so; all others take a text.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let is_number = (&visitor as &dyn Expected).to_string() == "a number";
        if is_number { visitor.visit_u64(0) } else { visitor.visit_str("") }
    }

    zeros! {
        deserialize_bool => visit_bool(false);
        deserialize_u8 => visit_u64(0);
        deserialize_u16 => visit_u64(0);
        deserialize_u32 => visit_u64(0);
        deserialize_u64 => visit_u64(0);
        deserialize_i8 => visit_i64(0);
        deserialize_i16 => visit_i64(0);
        deserialize_i32 => visit_i64(0);
        deserialize_i64 => visit_i64(0);
        deserialize_f32 => visit_f64(0.0);
        deserialize_f64 => visit_f64(0.0);
        deserialize_char => visit_char(' ');
        deserialize_str => visit_str("");
        deserialize_string => visit_str("");
        deserialize_identifier => visit_str("");
        deserialize_bytes => visit_bytes(&[]);
        deserialize_byte_buf => visit_bytes(&[]);
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(BlankSeq { left: 0 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(BlankSeq { left: len })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, len: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(BlankSeq { left: len })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(BlankMap { fields: [].iter() })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == LOCATED { visitor.visit_seq(BlankSeq { left: 3 }) } else { visitor.visit_map(BlankMap { fields: fields.iter() }) }
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, variants: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_enum(BlankEnum(variants.first().ok_or_else(hollow)?))
    }
}

/// `left` elements; numbers count as spans of a located value.
struct BlankSeq {
    left: usize,
}

impl<'de> SeqAccess<'de> for BlankSeq {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(Blank).map(Some)
    }
}

/// Every field of a struct.
struct BlankMap {
    fields: std::slice::Iter<'static, &'static str>,
}

impl<'de> MapAccess<'de> for BlankMap {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        match self.fields.next() {
            Some(field) => seed.deserialize(key(field)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(Blank)
    }
}

/// The first choice.
struct BlankEnum(&'static str);

impl<'de> EnumAccess<'de> for BlankEnum {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        Ok((seed.deserialize(key(self.0))?, self))
    }
}

impl<'de> VariantAccess<'de> for BlankEnum {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(Blank)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(BlankSeq { left: len })
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(BlankMap { fields: fields.iter() })
    }
}

/// A key of the program's own, as serde takes it.
pub(super) fn key(name: &str) -> StrDeserializer<'_, Fault> {
    name.into_deserializer()
}

/// A byte position, as serde takes it.
pub(super) fn position(at: usize) -> UsizeDeserializer<Fault> {
    at.into_deserializer()
}

/// A stand-in of this type, where one can be made.
pub(super) fn blank<'de, T: Deserialize<'de>>() -> Result<T, Fault> {
    T::deserialize(Blank).map_err(|_| hollow())
}
