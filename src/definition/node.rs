//! A parsed TOML value as serde reads it, noting every fault on the way instead of stopping at
//! the first: a wrong value is noted and read as a stand-in, an unknown key is noted and skipped.
//!
//! A struct stops at its first missing key, so the keys found missing are supplied as stand-ins
//! when the file is read again ([`Context::absent`]).

use std::cell::RefCell;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, Visitor};
use toml::Spanned;
use toml::de::DeValue;

use super::access::{Choice, ListAccess, Place, TableAccess};
use super::blank::blank;
use super::fault::{Fault, Kind, wanted};
use super::located::LOCATED;
use crate::number::Exact;

/// What is shared while one file is read.
pub(super) struct Context<'a> {
    /// The whole text; values beyond `written` come from flags.
    pub(super) text: &'a str,
    /// Where the file ends and the text of flags begins.
    pub(super) written: usize,
    /// The faults of this pass.
    pub(super) faults: RefCell<Vec<Fault>>,
    /// Keys found missing in earlier passes, with the address of their table.
    pub(super) absent: RefCell<Vec<(usize, &'static str)>>,
}

impl Context<'_> {
    /// Notes a fault, unless it follows from one already noted.
    pub(super) fn note(&self, fault: Fault) {
        if !matches!(fault.kind, Kind::Hollow) {
            self.faults.borrow_mut().push(fault);
        }
    }

    /// What was read, or a stand-in after noting the fault.
    pub(super) fn or_blank<'de, T: Deserialize<'de>>(&self, read: Result<T, Fault>) -> Result<T, Fault> {
        read.or_else(|fault| {
            self.note(fault);
            blank()
        })
    }
}

/// A value of the file.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a DeValue<'a>,
    start: usize,
    end: usize,
    pub(super) is_root: bool,
    pub(super) context: &'a Context<'a>,
}

impl<'a> Node<'a> {
    /// The whole file.
    pub(super) fn root(value: &'a DeValue<'a>, context: &'a Context<'a>) -> Self {
        Self { value, start: 0, end: 0, is_root: true, context }
    }

    pub(super) fn new(value: &'a Spanned<DeValue<'a>>, context: &'a Context<'a>) -> Self {
        let Range { start, end } = value.span();
        Self { value: value.get_ref(), start, end, is_root: false, context }
    }

    fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Gives a fault that does not know its place this value's.
    pub(super) fn placed<T>(&self, read: Result<T, Fault>) -> Result<T, Fault> {
        read.map_err(|fault| fault.in_value(self.value, &self.span()))
    }

    /// A number, flag or date given by a flag where a text belongs: `--set period=2025`.
    fn flag_text(&self) -> Option<&'a str> {
        let is_scalar = !matches!(self.value, DeValue::String(_) | DeValue::Array(_) | DeValue::Table(_));
        (is_scalar && self.start >= self.context.written).then(|| self.context.text.get(self.span())).flatten()
    }

    fn words<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.placed(match (self.value, self.flag_text()) {
            (DeValue::String(text), _) => visitor.visit_borrowed_str(text),
            (_, Some(text)) => visitor.visit_borrowed_str(text),
            _ => Err(Fault::wrong(wanted::words())),
        })
    }

    fn whole<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.placed(match self.value {
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => Err(Fault::wrong(wanted::short_number())),
            },
            _ => Err(Fault::wrong(wanted::whole())),
        })
    }

    /// A number is taken as written [N4]: one that a double would change is refused.
    fn fraction<V: Visitor<'a>>(text: &str, visitor: V) -> Result<V::Value, Fault> {
        let number: f64 = text.parse().unwrap_or(f64::NAN);
        if !number.is_finite() {
            return Err(Fault::wrong(wanted::number()));
        }
        let as_written = text.parse::<Exact>();
        if as_written.is_err() || as_written != format!("{number}").parse() {
            return Err(Fault::wrong(wanted::short_number()));
        }
        visitor.visit_f64(number)
    }

    pub(super) fn table<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.placed(match self.value {
            DeValue::Table(table) => visitor.visit_map(TableAccess::new(table, &self)),
            _ => Err(Fault::wrong(wanted::table())),
        })
    }

    pub(super) fn list<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.placed(match self.value {
            DeValue::Array(items) => visitor.visit_seq(ListAccess { items: items.iter(), context: self.context }),
            _ => Err(Fault::wrong(wanted::array())),
        })
    }

    fn choice<V: Visitor<'a>>(self, choices: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            DeValue::String(name) => visitor.visit_enum(Choice { name, span: self.span(), content: None, context: self.context }),
            DeValue::Table(table) => match (table.iter().next(), table.iter().nth(1)) {
                (Some((name, content)), None) => visitor.visit_enum(Choice {
                    name: name.get_ref(),
                    span: name.span(),
                    content: Some(Node::new(content, self.context)),
                    context: self.context,
                }),
                (_, second) => {
                    let given = table.keys().map(|name| name.get_ref().to_string()).collect();
                    let fault = Fault::new(Kind::OneChoice { given, choices });
                    Err(second.map_or(fault.clone(), |(name, _)| fault.at(&name.span())))
                }
            },
            _ => Err(Fault::wrong(wanted::choice(choices))),
        }
    }
}

macro_rules! forward {
    ($($method:ident)* => $to:ident) => {
        $(fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.$to(visitor)
        })*
    };
}

impl<'a> Deserializer<'a> for Node<'a> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            DeValue::String(_) => self.words(visitor),
            DeValue::Integer(_) => self.whole(visitor),
            DeValue::Float(number) => self.placed(Self::fraction(number.as_str(), visitor)),
            DeValue::Boolean(flag) => self.placed(visitor.visit_bool(*flag)),
            // Dates are written in quotes, like every period.
            DeValue::Datetime(_) => self.placed(visitor.visit_unit()),
            DeValue::Array(_) => self.list(visitor),
            DeValue::Table(_) => self.table(visitor),
        }
    }

    forward! { deserialize_str deserialize_string deserialize_char deserialize_identifier deserialize_bytes deserialize_byte_buf => words }
    forward! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 => whole }
    forward! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 => whole }
    forward! { deserialize_f32 deserialize_f64 deserialize_unit => deserialize_any }
    forward! { deserialize_seq => list }
    forward! { deserialize_map => table }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.placed(match self.value {
            DeValue::Boolean(flag) => visitor.visit_bool(*flag),
            _ => Err(Fault::wrong(wanted::flag())),
        })
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.placed(visitor.visit_some(self))
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        self.placed(visitor.visit_newtype_struct(self))
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'a>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn deserialize_tuple<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(self, _: &'static str, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.list(visitor)
    }

    fn deserialize_struct<V: Visitor<'a>>(self, name: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        if name == LOCATED { visitor.visit_seq(Place { span: self.span(), next: 0, value: self }) } else { self.table(visitor) }
    }

    fn deserialize_enum<V: Visitor<'a>>(self, _: &'static str, choices: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        self.placed(self.choice(choices, visitor))
    }
}
