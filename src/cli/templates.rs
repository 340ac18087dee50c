//! The samples that `kaohe new` writes: the shipped examples, file by file.

/// The sample written where none is named.
pub(super) const DEFAULT: &str = "linyi";

type Files = &'static [(&'static str, &'static [u8])];

/// Samples by name.
pub(super) static TEMPLATES: &[(&str, Files)] =
    &[("linyi", LINYI), ("guangming", GUANGMING), ("national-2019", NATIONAL_2019), ("pay", PAY)];

static LINYI: Files = &[
    ("README.md", include_bytes!("../../examples/linyi/README.md")),
    ("assessment.toml", include_bytes!("../../examples/linyi/assessment.toml")),
    ("criteria.toml", include_bytes!("../../examples/linyi/criteria.toml")),
    ("judgements.csv", include_bytes!("../../examples/linyi/judgements.csv")),
    ("organisations.csv", include_bytes!("../../examples/linyi/organisations.csv")),
    ("units.csv", include_bytes!("../../examples/linyi/units.csv")),
    ("exports/finance-2024.csv", include_bytes!("../../examples/linyi/exports/finance-2024.csv")),
    ("exports/finance-2025.csv", include_bytes!("../../examples/linyi/exports/finance-2025.csv")),
    ("exports/public-health-2024.csv", include_bytes!("../../examples/linyi/exports/public-health-2024.csv")),
    ("exports/public-health-2025.csv", include_bytes!("../../examples/linyi/exports/public-health-2025.csv")),
    ("exports/satisfaction.csv", include_bytes!("../../examples/linyi/exports/satisfaction.csv")),
    ("exports/services-a-2024.csv", include_bytes!("../../examples/linyi/exports/services-a-2024.csv")),
    ("exports/services-a-2025.csv", include_bytes!("../../examples/linyi/exports/services-a-2025.csv")),
    ("exports/services-b-2024.csv", include_bytes!("../../examples/linyi/exports/services-b-2024.csv")),
    ("exports/services-b-2025.csv", include_bytes!("../../examples/linyi/exports/services-b-2025.csv")),
    ("exports/sharing.csv", include_bytes!("../../examples/linyi/exports/sharing.csv")),
];

static GUANGMING: Files = &[
    ("README.md", include_bytes!("../../examples/guangming/README.md")),
    ("assessment.toml", include_bytes!("../../examples/guangming/assessment.toml")),
    ("criteria.toml", include_bytes!("../../examples/guangming/criteria.toml")),
    ("figures.csv", include_bytes!("../../examples/guangming/figures.csv")),
    ("indicators.toml", include_bytes!("../../examples/guangming/indicators.toml")),
    ("organisations.csv", include_bytes!("../../examples/guangming/organisations.csv")),
];

static NATIONAL_2019: Files = &[
    ("README.md", include_bytes!("../../examples/national-2019/README.md")),
    ("assessment.toml", include_bytes!("../../examples/national-2019/assessment.toml")),
    ("criteria.toml", include_bytes!("../../examples/national-2019/criteria.toml")),
    ("indicators.toml", include_bytes!("../../examples/national-2019/indicators.toml")),
    ("organisations.csv", include_bytes!("../../examples/national-2019/organisations.csv")),
    ("service-2019-01-10.csv", include_bytes!("../../examples/national-2019/service-2019-01-10.csv")),
];

static PAY: Files = &[
    ("README.md", include_bytes!("../../examples/pay/README.md")),
    ("allocation.toml", include_bytes!("../../examples/pay/allocation.toml")),
    ("assessment.toml", include_bytes!("../../examples/pay/assessment.toml")),
    ("centres.csv", include_bytes!("../../examples/pay/centres.csv")),
    ("consultation.csv", include_bytes!("../../examples/pay/consultation.csv")),
    ("criteria.toml", include_bytes!("../../examples/pay/criteria.toml")),
    ("figures.csv", include_bytes!("../../examples/pay/figures.csv")),
    ("indicators.toml", include_bytes!("../../examples/pay/indicators.toml")),
    ("organisations.csv", include_bytes!("../../examples/pay/organisations.csv")),
    ("pools.csv", include_bytes!("../../examples/pay/pools.csv")),
    ("targets.toml", include_bytes!("../../examples/pay/targets.toml")),
    ("work.csv", include_bytes!("../../examples/pay/work.csv")),
];
