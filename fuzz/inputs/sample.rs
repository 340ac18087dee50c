//! A small world that inputs are read against.

use std::path::Path;
use std::sync::LazyLock;

use kaohe::assessment::catalogue::{CatalogueText, resolve};
use kaohe::assessment::names::KnownNames;
use kaohe::assessment::registry;
use kaohe::catalogue::Catalogue;
use kaohe::definition;
use kaohe::diagnostic::SourceFile;
use kaohe::intake::rows::Known;
use kaohe::intake::source::Vocabulary;
use kaohe::registry::Registry;

/// Items of every kind: counts, money, a percentage, a stock, a mean.
pub(crate) const CATALOGUE: &str = r#"
[catalogue]
id = "items"
title = { zh = "项目", en = "Items" }

[[item]]
id = "visits"
name = { zh = "总诊疗人次数", en = "Visits" }
aliases = ["诊疗人次", "诊疗人次数"]
unit = "visit"
time = "flow"

[[item]]
id = "discharges"
name = { zh = "出院人数", en = "Discharges" }
unit = "person"
time = "flow"

[[item]]
id = "income"
name = { zh = "总收入", en = "Income" }
unit = "yuan"
decimals = 2
time = "flow"

[[item]]
id = "satisfaction"
name = { zh = "满意度", en = "Satisfaction" }
unit = "%"
decimals = 2
time = "mean"
additive = false

[[item]]
id = "beds"
name = { zh = "床位数", en = "Beds" }
unit = "bed"
time = "stock"

[[indicator]]
id = "rate"
name = { zh = "住院率", en = "Share admitted" }
numerator = "discharges"
denominator = "visits"
factor = 100
unit = "%"
better = "higher"
form = "proportion"
"#;

/// Four organisations of two consortia, with another name, a former one, and a shared one.
pub(crate) const REGISTRY: &str = "\
code,name,tier,role,consortium,aliases,joined,left
E1,东医院,secondary,lead,东部,市一院;甲县医院(..2024-12),,
E2,东街卫生院,primary,member,东部,,2024-03,
W1,西医院,secondary,lead,西部,市一院,,
W2,西街卫生院,primary,member,西部,,,2025-06
";

/// A scheme of one criterion.
pub(crate) const CRITERIA: &str = r#"
[criteria]
id = "one"
title = { zh = "一项标准", en = "One criterion" }
catalogues = ["items.toml"]
full_points = 10

[[dimension]]
id = "order"
name = { zh = "就医秩序", en = "Order of care" }
points = 10

[[dimension.criterion]]
indicator = "rate"
points = 6
score.ratio = { target = 20 }

[[dimension.criterion]]
id = "hand"
name = { zh = "现场", en = "On the spot" }
points = 4
score.judged = {}
"#;

/// The assessment of it.
pub(crate) const ASSESSMENT: &str = r#"
title = "Sample"
period = "2025"
unit = "consortium"
criteria = "criteria.toml"
organisations = { path = "organisations.csv" }

[[source]]
path = "data.csv"

[units]
path = "units.csv"

[[judgements]]
path = "judgements.csv"

[[corrections]]
path = "corrections.csv"
"#;

/// What was reported.
pub(crate) const DATA: &str = "code,period,visits,discharges\nE1,2025,100,10\nE2,2025,50,5\nW1,2025,100,30\nW2,2025-03,50,15\n";

struct World {
    catalogue: Catalogue,
    names: KnownNames,
    registry: Registry,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut found = Vec::new();
    let (registry, _) = registry::resolve(&SourceFile::new("organisations.csv", REGISTRY), "consortium", &mut found);
    let file = SourceFile::new(Path::new("items.toml").to_string_lossy(), CATALOGUE);
    let (content, mut faults) = definition::read(&file);
    found.append(&mut faults);
    let texts = [CatalogueText { file, content: content.expect("a catalogue"), is_builtin: false }];
    let (catalogue, names) = resolve(&texts, &registry, &mut found);
    assert!(found.is_empty(), "{found:?}");
    World { catalogue, names, registry }
});

static VOCABULARY: LazyLock<Vocabulary<'static>> = LazyLock::new(|| Vocabulary::new(&WORLD.catalogue));

/// Its organisations and items.
pub(crate) fn known() -> Known<'static> {
    Known { registry: &WORLD.registry, vocabulary: &VOCABULARY }
}

/// The names that formulas may use.
pub(crate) fn names() -> &'static KnownNames {
    &WORLD.names
}
