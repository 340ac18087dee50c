//! Collection forms as workbooks: locked headers with notes, cells to fill in with validation.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Note, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use crate::forms::{Form, FormColumn, FormRow};
use crate::text::{Lang, Text};

/// Columns before the figures: code, name, period.
const KEYS: u16 = 3;
/// Row of the headers, from 0: a title and a line of instructions stand above.
const HEADER: u32 = 2;
/// Most a count can be: larger ones are refused by the intake, too [N3].
const MOST: f64 = 1e15;

/// The workbook of a form, the same bytes on every run.
pub fn workbook(form: &Form, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: the same form is the same file.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(form.title.get(lang)).set_creation_datetime(&date));
    let sheet = workbook.add_worksheet();
    sheet.set_name(Text::new("填报", "Data").get(lang))?;
    fill(sheet, form, lang)?;
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, form: &Form, lang: Lang) -> Result<(), XlsxError> {
    let styles = Styles::new();
    let ask = Text::new(
        "请填写浅黄色单元格；没有发生填 0，无法填报留空。灰色单元格不需填。表头批注有口径。",
        "Fill in the yellow cells: 0 where there was nothing, blank where it cannot be told. Grey cells are not asked for. Notes at the headers give the definitions.",
    );
    sheet.write_with_format(0, 0, form.title.get(lang), &styles.title)?;
    sheet.write_with_format(1, 0, ask.get(lang), &styles.plain)?;
    let keys = [("机构代码", "code", 12), ("机构名称", "name", 30), ("期间", "period", 20)];
    for (at, (zh, en, width)) in (0..KEYS).zip(keys) {
        sheet.write_with_format(HEADER, at, Text::new(zh, en).get(lang), &styles.header)?;
        sheet.set_column_width(at, width)?;
    }
    for (at, column) in (KEYS..).zip(&form.columns) {
        sheet.write_with_format(HEADER, at, column.header.get(lang), &styles.header)?;
        sheet.insert_note(HEADER, at, &note(column))?;
        sheet.set_column_width(at, width(column.header.get(lang)))?;
    }
    for (at, row) in (HEADER + 1..).zip(&form.rows) {
        write_row(sheet, at, row, &form.columns, &styles)?;
    }
    for (at, column) in (KEYS..).zip(&form.columns) {
        let last = HEADER + u32::try_from(form.rows.len()).unwrap_or(0);
        sheet.add_data_validation(HEADER + 1, at, last, at, &validation(column, lang)?)?;
    }
    set_up(sheet)
}

/// What is locked and how it prints: wide tables lie, headers stand on every page.
fn set_up(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_row_height(HEADER, 45)?;
    sheet.set_freeze_panes(HEADER + 1, KEYS)?;
    sheet.protect_with_options(&ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() });
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADER, HEADER)?;
    Ok(())
}

fn write_row(sheet: &mut Worksheet, at: u32, row: &FormRow, columns: &[FormColumn], styles: &Styles) -> Result<(), XlsxError> {
    let period = row.period.to_string();
    for (column, text) in (0..KEYS).zip([&row.code, &row.name, &period]) {
        sheet.write_string_with_format(at, column, text, &styles.key)?;
    }
    for ((cell, column), asked) in (KEYS..).zip(columns).zip(&row.asked) {
        sheet.write_blank(at, cell, if *asked { styles.input(column.item.decimals) } else { &styles.idle })?;
    }
    Ok(())
}

fn note(column: &FormColumn) -> Note {
    let text = column.note();
    let lines = u32::try_from(text.chars().count() / 18 + text.lines().count()).unwrap_or(8);
    Note::new(text).set_author("kaohe").add_author_prefix(false).set_width(280).set_height(20 * lines.clamp(4, 20))
}

/// A count is a whole number from 0; an amount may be negative, a share above 100, but each is asked about.
fn validation(column: &FormColumn, lang: Lang) -> Result<DataValidation, XlsxError> {
    let unit = column.unit.get(lang);
    let validation = match (column.item.unit.as_str(), column.item.decimals) {
        ("%", _) => DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(0.0, 100.0))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message(Text::new("一般在 0 到 100 之间", "Usually between 0 and 100").get(lang))?,
        ("yuan", _) => DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(0.0, MOST))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message(Text::new("应为数字，单位为元；负数请确认", "A number, in yuan; confirm a negative one").get(lang))?,
        (_, 0) => DataValidation::new()
            .allow_whole_number(DataValidationRule::Between(0, i32::MAX))
            .set_error_message(Text::new("应为不小于 0 的整数", "A whole number from 0").get(lang))?,
        _ => DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(0.0, MOST))
            .set_error_message(Text::new("应为不小于 0 的数", "A number from 0").get(lang))?,
    };
    validation.set_error_title(unit)
}

/// Wide enough for half of the header, which may break once.
fn width(header: &str) -> u32 {
    let columns = unicode_width::UnicodeWidthStr::width(header);
    u32::try_from(columns / 2 + 4).unwrap_or(40).clamp(10, 40)
}

struct Styles {
    title: Format,
    plain: Format,
    header: Format,
    key: Format,
    idle: Format,
    inputs: Vec<Format>,
}

impl Styles {
    fn new() -> Self {
        let framed = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::Gray);
        let input = |decimals: usize| {
            let digits = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
            framed().set_background_color(Color::RGB(0x00FF_F9E0)).set_unlocked().set_num_format(digits)
        };
        Self {
            title: Format::new().set_bold().set_font_size(14),
            plain: Format::new(),
            header: framed()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00E8_EEF4)),
            key: framed().set_num_format("@"),
            idle: framed().set_background_color(Color::RGB(0x00D9_D9D9)),
            inputs: (0..=6).map(input).collect(),
        }
    }

    fn input(&self, decimals: u32) -> &Format {
        usize::try_from(decimals).ok().and_then(|decimals| self.inputs.get(decimals)).unwrap_or(&self.plain)
    }
}
