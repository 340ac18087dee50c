//! From tokens to the tree as written, by recursive descent. The grammar stands in the module doc.

use std::ops::Range;

use super::ast::{CONNECTIVES, Expr, ExprKind, Function, Literal, LiteralKind, Name, Operator, RuleExpr, Scope, ScopeKind};
use super::condition::Compare;
use super::token::{Kind, Sign, Token, tokenise};
use crate::codes::formula as codes;
use crate::diagnostic::{Diagnostic, Origin};
use crate::text::{Text, nearest};

/// How deep brackets, signs and `not` may nest: far beyond what a committee reads, far below what a
/// stack holds.
const LEVELS: usize = 50;

/// How many operands, operators and conditions a formula may have, for the same reason.
const PARTS: usize = 500;

/// Parses a formula. `origin` is the TOML value it stands in.
pub fn parse_formula(text: &str, origin: &Origin) -> Result<Expr, Vec<Diagnostic>> {
    parse(text, origin, |parser| {
        let expr = parser.sum()?;
        parser.end(Text::new("运算符或结尾", "an operator or the end"))?;
        Ok(expr)
    })
}

/// Parses a scope that stands alone.
pub fn parse_scope(text: &str, origin: &Origin) -> Result<Scope, Vec<Diagnostic>> {
    parse(text, origin, |parser| {
        let scope = parser.scope()?;
        parser.end(Text::new("and、or 或结尾", "`and`, `or` or the end"))?;
        Ok(scope)
    })
}

/// Parses a comparison of formulas, `a <= b <= c`.
pub fn parse_rule(text: &str, origin: &Origin) -> Result<RuleExpr, Vec<Diagnostic>> {
    parse(text, origin, |parser| {
        let first = parser.sum()?;
        let mut rest = Vec::new();
        while let Some(compare) = parser.compare() {
            rest.push((compare, parser.sum()?));
        }
        if rest.is_empty() {
            return Err(parser.unexpected(Text::new("比较符号（如 <=）", "a comparison such as `<=`")));
        }
        parser.end(Text::new("运算符、比较符号或结尾", "an operator, a comparison or the end"))?;
        Ok(RuleExpr { first, rest })
    })
}

type Parsed<T> = Result<T, Diagnostic>;

fn parse<T>(text: &str, origin: &Origin, rule: impl FnOnce(&mut Parser) -> Parsed<T>) -> Result<T, Vec<Diagnostic>> {
    let tokens = tokenise(text, origin)?;
    let mut parser = Parser { text, origin, rest: &tokens, last_end: 0, level: 0, parts: 0 };
    rule(&mut parser).map_err(|diagnostic| vec![diagnostic])
}

struct Parser<'a> {
    text: &'a str,
    origin: &'a Origin,
    /// What is not yet taken; the end token stays.
    rest: &'a [Token],
    /// Where the last token taken ended.
    last_end: usize,
    level: usize,
    parts: usize,
}

impl Parser<'_> {
    fn sum(&mut self) -> Parsed<Expr> {
        self.chain(Self::product, |sign| match sign {
            Sign::Plus => Some(Operator::Add),
            Sign::Minus => Some(Operator::Subtract),
            _ => None,
        })
    }

    fn product(&mut self) -> Parsed<Expr> {
        self.chain(Self::signed, |sign| match sign {
            Sign::Times => Some(Operator::Multiply),
            Sign::Divide => Some(Operator::Divide),
            _ => None,
        })
    }

    /// Operands joined from the left.
    fn chain(&mut self, operand: fn(&mut Self) -> Parsed<Expr>, operator: fn(Sign) -> Option<Operator>) -> Parsed<Expr> {
        let start = self.start();
        let mut left = operand(self)?;
        while let Kind::Sign(sign) = self.kind()
            && let Some(operator) = operator(*sign)
        {
            self.take();
            let right = operand(self)?;
            left = self.expr(ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) }, start)?;
        }
        Ok(left)
    }

    fn signed(&mut self) -> Parsed<Expr> {
        let start = self.start();
        match self.kind().clone() {
            Kind::Sign(Sign::Minus) => {
                self.take();
                let inner = self.nested(Self::signed)?;
                self.expr(ExprKind::Negate(Box::new(inner)), start)
            }
            Kind::Sign(Sign::Open) => {
                self.take();
                let inner = self.nested(Self::sum)?;
                self.expect(Sign::Close, Text::new("运算符或 `)`", "an operator or `)`"))?;
                Ok(inner)
            }
            Kind::Number(digits) => {
                self.take();
                self.expr(ExprKind::Number(digits), start)
            }
            Kind::Word(word) if word == "count" => {
                self.take();
                let (scope, window) = self.restrictions()?;
                self.expr(ExprKind::Count { scope, window }, start)
            }
            Kind::Word(word) if !CONNECTIVES.contains(&word.as_str()) => match self.function(&word)? {
                Some(function) => self.call(function),
                None => self.named(),
            },
            Kind::Quoted(_) => self.named(),
            _ => Err(self.unexpected(Text::new("名称、数字或 `(`", "a name, a number or `(`"))),
        }
    }

    fn named(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let name = self.name(Text::new("名称", "a name"))?;
        let (scope, window) = self.restrictions()?;
        self.expr(ExprKind::Named { name, scope, window }, start)
    }

    /// `[scope]` and `@window`, in this order, each of them optional.
    fn restrictions(&mut self) -> Parsed<(Option<Scope>, Option<Name>)> {
        let mut scope = None;
        if self.eat(Sign::ScopeOpen) {
            scope = Some(self.nested(Self::scope)?);
            self.expect(Sign::ScopeClose, Text::new("and、or 或 `]`", "`and`, `or` or `]`"))?;
        }
        let mut window = None;
        if self.eat(Sign::At) {
            window = Some(self.name(Text::new("时段名", "the name of a window"))?);
            if *self.kind() == Kind::Sign(Sign::ScopeOpen) {
                return Err(self.at_token(&codes::SCOPE_AFTER_WINDOW));
            }
        }
        Ok((scope, window))
    }

    /// Which function a word before `(` calls; `None` for a word before anything else.
    fn function(&self, word: &str) -> Parsed<Option<Function>> {
        let known = Function::ALL.into_iter().find(|function| function.name() == word);
        let called = self.rest.get(1).is_some_and(|token| token.kind == Kind::Sign(Sign::Open));
        if known.is_none() && called {
            let names = Function::ALL.map(Function::name);
            return Err(self.at_token(&codes::UNKNOWN_FUNCTION).with("name", word).suggest(nearest(word, names)));
        }
        Ok(known)
    }

    fn call(&mut self, function: Function) -> Parsed<Expr> {
        let start = self.start();
        self.take();
        self.expect(Sign::Open, Text::same("`(`"))?;
        let mut arguments = vec![self.nested(Self::sum)?];
        while self.eat(Sign::Comma) {
            arguments.push(self.nested(Self::sum)?);
        }
        self.expect(Sign::Close, Text::new("运算符、`,` 或 `)`", "an operator, `,` or `)`"))?;
        self.expr(ExprKind::Call { function, arguments }, start)
    }

    fn scope(&mut self) -> Parsed<Scope> {
        self.joined("or", ScopeKind::Or, |parser| parser.joined("and", ScopeKind::And, Self::negation))
    }

    fn joined(&mut self, word: &str, kind: fn(Vec<Scope>) -> ScopeKind, operand: impl Fn(&mut Self) -> Parsed<Scope>) -> Parsed<Scope> {
        let start = self.start();
        let first = operand(self)?;
        let mut parts = Vec::new();
        while self.eat_word(word) {
            parts.push(operand(self)?);
        }
        if parts.is_empty() {
            return Ok(first);
        }
        parts.insert(0, first);
        self.condition(kind(parts), start)
    }

    fn negation(&mut self) -> Parsed<Scope> {
        let start = self.start();
        if self.eat_word("not") {
            let inner = self.nested(Self::negation)?;
            return self.condition(ScopeKind::Not(Box::new(inner)), start);
        }
        if self.eat(Sign::Open) {
            let inner = self.nested(Self::scope)?;
            self.expect(Sign::Close, Text::new("and、or 或 `)`", "`and`, `or` or `)`"))?;
            return Ok(inner);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Scope> {
        let start = self.start();
        let name = self.name(Text::new("属性或项目的名称", "the name of an attribute or an item"))?;
        if let Some(compare) = self.compare() {
            let value = self.literal()?;
            return self.condition(ScopeKind::Compare { name, compare, value }, start);
        }
        let negated = self.eat_word("not");
        if !self.eat_word("in") {
            let wanted = if negated { Text::same("`in`") } else { Text::new("比较符号或 `in`", "a comparison or `in`") };
            return Err(self.unexpected(wanted));
        }
        self.expect(Sign::Open, Text::same("`(`"))?;
        let mut values = vec![self.literal()?];
        while self.eat(Sign::Comma) {
            values.push(self.literal()?);
        }
        self.expect(Sign::Close, Text::new("`,` 或 `)`", "`,` or `)`"))?;
        let within = self.condition(ScopeKind::In { name, values }, start)?;
        if negated { self.condition(ScopeKind::Not(Box::new(within)), start) } else { Ok(within) }
    }

    fn literal(&mut self) -> Parsed<Literal> {
        let start = self.start();
        let sign = if self.eat(Sign::Minus) { "-" } else { "" };
        let kind = match self.kind().clone() {
            Kind::Number(digits) => LiteralKind::Number(format!("{sign}{digits}")),
            Kind::Word(text) if sign.is_empty() && !CONNECTIVES.contains(&text.as_str()) => LiteralKind::Text(text),
            Kind::Quoted(text) if sign.is_empty() => LiteralKind::Text(text),
            _ if sign.is_empty() => return Err(self.unexpected(Text::new("数字或文字", "a number or a text"))),
            _ => return Err(self.unexpected(Text::new("数字", "a number"))),
        };
        self.take();
        Ok(Literal { kind, span: start..self.last_end })
    }

    fn name(&mut self, wanted: Text) -> Parsed<Name> {
        let span = self.token().map_or(0..0, |token| token.span.clone());
        let text = match self.kind().clone() {
            Kind::Word(text) if !CONNECTIVES.contains(&text.as_str()) => text,
            Kind::Quoted(text) if !text.is_empty() => text,
            _ => return Err(self.unexpected(wanted)),
        };
        self.take();
        Ok(Name { text, span })
    }

    fn compare(&mut self) -> Option<Compare> {
        let Kind::Sign(Sign::Compare(compare)) = *self.kind() else { return None };
        self.take();
        Some(compare)
    }

    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.level += 1;
        if self.level > LEVELS {
            return Err(self.too_complex());
        }
        let parsed = inner(self);
        self.level -= 1;
        parsed
    }

    fn expr(&mut self, kind: ExprKind, start: usize) -> Parsed<Expr> {
        let span = self.part(start)?;
        Ok(Expr { kind, span })
    }

    fn condition(&mut self, kind: ScopeKind, start: usize) -> Parsed<Scope> {
        let span = self.part(start)?;
        Ok(Scope { kind, span })
    }

    fn part(&mut self, start: usize) -> Parsed<Range<usize>> {
        self.parts += 1;
        if self.parts > PARTS { Err(self.too_complex()) } else { Ok(start..self.last_end) }
    }

    fn too_complex(&self) -> Diagnostic {
        self.at_token(&codes::TOO_COMPLEX).with("levels", LEVELS.to_string()).with("parts", PARTS.to_string())
    }

    fn end(&self, wanted: Text) -> Parsed<()> {
        if *self.kind() == Kind::End { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    fn expect(&mut self, sign: Sign, wanted: Text) -> Parsed<()> {
        if self.eat(sign) { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    fn unexpected(&self, wanted: Text) -> Diagnostic {
        let found = match self.token() {
            Some(Token { kind, span }) if *kind != Kind::End => {
                Text::same(format!("`{}`", self.text.get(span.clone()).unwrap_or_default()))
            }
            _ => Text::new("结尾", "the end"),
        };
        self.at_token(&codes::SYNTAX).with("expected", wanted).with("found", found)
    }

    fn at_token(&self, code: &'static crate::code::Code) -> Diagnostic {
        let span = self.token().map_or(self.last_end..self.last_end, |token| token.span.clone());
        Diagnostic::new(code, self.origin.within(&span))
    }

    fn eat(&mut self, sign: Sign) -> bool {
        let found = *self.kind() == Kind::Sign(sign);
        if found {
            self.take();
        }
        found
    }

    fn eat_word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.kind(), Kind::Word(word) if word == wanted);
        if found {
            self.take();
        }
        found
    }

    fn take(&mut self) {
        if let [first, rest @ ..] = self.rest
            && first.kind != Kind::End
        {
            self.last_end = first.span.end;
            self.rest = rest;
        }
    }

    fn start(&self) -> usize {
        self.token().map_or(self.last_end, |token| token.span.start)
    }

    fn kind(&self) -> &Kind {
        self.token().map_or(&Kind::End, |token| &token.kind)
    }

    fn token(&self) -> Option<&Token> {
        self.rest.first()
    }
}
