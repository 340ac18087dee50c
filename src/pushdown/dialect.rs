//! What differs between databases; everything else is written in words that all of them know.

/// A database whose SQL is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// PostgreSQL.
    Postgres,
    /// ClickHouse, also as chDB.
    ClickHouse,
    /// Spark SQL.
    Spark,
}

/// The kind of a column of a list of constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::DuckDb, Self::Postgres, Self::ClickHouse, Self::Spark];

    /// Its name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::Postgres => "postgres",
            Self::ClickHouse => "clickhouse",
            Self::Spark => "spark",
        }
    }

    /// The dialect of a name, whatever its case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| name.trim().eq_ignore_ascii_case(dialect.id()))
    }

    /// A name of a column.
    pub(super) fn name(self, name: &str) -> String {
        match self {
            Self::Spark => format!("`{}`", name.replace('`', "``")),
            Self::ClickHouse => format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\"\"")),
            Self::DuckDb | Self::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A name of a table; a dot divides it from its schema.
    pub(super) fn table(self, name: &str) -> String {
        name.split('.').map(|part| self.name(part)).collect::<Vec<_>>().join(".")
    }

    /// A text. Every quotation mark of the statement that is not doubled begins or ends a name or a text.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Self::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\u0027")),
            Self::ClickHouse => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''")),
            Self::DuckDb | Self::Postgres => format!("'{}'", text.replace('\'', "''")),
        }
    }

    /// Whether a text has the shape of a pattern, which names its beginning and its end.
    pub(super) fn matches(self, text: &str, pattern: &str) -> String {
        let pattern = self.pattern(pattern);
        match self {
            Self::DuckDb => format!("regexp_matches({text}, {pattern})"),
            Self::Postgres => format!("{text} ~ {pattern}"),
            Self::ClickHouse => format!("match({text}, {pattern})"),
            Self::Spark => format!("{text} RLIKE {pattern}"),
        }
    }

    /// What stands in the one pair of brackets of a pattern.
    pub(super) fn captured(self, text: &str, pattern: &str) -> String {
        let pattern = self.pattern(pattern);
        match self {
            Self::DuckDb | Self::Spark => format!("regexp_extract({text}, {pattern}, 1)"),
            Self::Postgres => format!("SUBSTRING({text} FROM {pattern})"),
            Self::ClickHouse => format!("extract({text}, {pattern})"),
        }
    }

    /// A pattern as a text. To Java `$` is the end and the place before a last line break as well, which would pass unseen.
    fn pattern(self, pattern: &str) -> String {
        match (self, pattern.strip_suffix('$')) {
            (Self::Spark, Some(before)) => self.text(&format!("{before}\\z")),
            _ => self.text(pattern),
        }
    }

    /// A text with each character of one list in the place of its twin in the other.
    pub(super) fn translated(self, text: &str, from: &str, to: &str) -> String {
        let name = if self == Self::ClickHouse { "translateUTF8" } else { "TRANSLATE" };
        format!("{name}({text}, {}, {})", self.text(from), self.text(to))
    }

    /// A value as text.
    pub(super) fn as_text(self, value: &str) -> String {
        format!("CAST({value} AS {})", self.of_type("VARCHAR", "String", "STRING"))
    }

    /// A text, or a number, as a decimal number of so many digits, of which so many behind the point.
    pub(super) fn as_decimal(self, value: &str, digits: u32, places: u32) -> String {
        let kind = format!("DECIMAL({digits}, {places})");
        format!("CAST({value} AS {})", self.of_type(&kind, &format!("Decimal({digits}, {places})"), &kind))
    }

    /// A text, or a number, as a whole number.
    pub(super) fn as_whole(self, value: &str) -> String {
        format!("CAST({value} AS {})", self.of_type("BIGINT", "Int64", "BIGINT"))
    }

    /// The name of a type; where nothing may stand in a column is said in `ClickHouse`.
    fn of_type(self, usual: &str, clickhouse: &str, spark: &str) -> String {
        match self {
            Self::DuckDb | Self::Postgres => usual.to_owned(),
            Self::ClickHouse => format!("Nullable({clickhouse})"),
            Self::Spark => spark.to_owned(),
        }
    }

    /// A list of constants in the place of a table. There is at least one row.
    pub(super) fn list(self, alias: &str, columns: &[(&str, Kind)], rows: &[Vec<String>]) -> String {
        let rows: Vec<String> = rows.iter().map(|row| format!("    ({})", row.join(", "))).collect();
        let rows = rows.join(",\n");
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        if self != Self::ClickHouse {
            return format!("(VALUES\n{rows}\n  ) AS {alias} ({})", names.join(", "));
        }
        let kind = |kind: Kind| if kind == Kind::Text { "String" } else { "Int64" };
        let typed: Vec<String> = columns.iter().map(|(name, of)| format!("{name} {}", kind(*of))).collect();
        format!("VALUES('{}',\n{rows}\n  ) AS {alias}", typed.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing that stands in a name or a text ends it.
    #[test]
    fn names_and_texts_are_closed() {
        for (dialect, name, text) in [
            (Dialect::DuckDb, "\"a\"\"b`\\\"", "'it''s \\'"),
            (Dialect::Postgres, "\"a\"\"b`\\\"", "'it''s \\'"),
            (Dialect::ClickHouse, "\"a\"\"b`\\\\\"", "'it''s \\\\'"),
            (Dialect::Spark, "`a\"b``\\`", "'it\\u0027s \\\\'"),
        ] {
            assert_eq!(dialect.name("a\"b`\\"), name);
            assert_eq!(dialect.text("it's \\"), text);
            assert_eq!(Dialect::named(&dialect.id().to_uppercase()), Some(dialect));
        }
        assert_eq!(Dialect::Spark.table("dw.a"), "`dw`.`a`");
    }

    /// The end of a pattern is the end of the text; in a literal of Spark a backslash stands twice.
    #[test]
    fn patterns_end_where_the_text_ends() {
        assert_eq!(Dialect::Spark.matches("t", "^[0-9]$"), r"t RLIKE '^[0-9]\\z'");
        assert_eq!(Dialect::Spark.captured("t", "^(.)[(]$"), r"regexp_extract(t, '^(.)[(]\\z', 1)");
        assert_eq!(Dialect::DuckDb.matches("t", "^[0-9]$"), "regexp_matches(t, '^[0-9]$')");
    }
}
