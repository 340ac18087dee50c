# Everything a contributor runs. `just` lists the recipes.

default:
    @just --list

# All tests.
test:
    cargo test

# Lints, warnings as errors.
lint:
    cargo clippy --all-targets -- -D warnings

# Format.
fmt:
    cargo fmt

# The library's documentation, warnings as errors.
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# The main job on the shipped example.
demo:
    cargo run -- score examples/linyi

# Rewrite the expected results of the examples; look at the difference before committing it.
goldens:
    KAOHE_UPDATE_GOLDENS=1 cargo test --test golden
    git diff --stat -- examples

# Rewrite what the pages show of the program, and the reference of codes; read the difference.
docs:
    KAOHE_UPDATE_DOCS=1 cargo test --test readme --test codes
    git diff --stat -- docs README.md README.zh-CN.md

# Two thousand defects put into the example one at a time, and what became of each.
faults count="2000":
    KAOHE_FAULTS={{count}} cargo test --test faults -- --nocapture

# Arbitrary input to one target (csv, workbook, cell, period, header, formula, assessment, criteria, catalogue,
# tables, targets, allocation) for so many seconds; needs cargo-fuzz and a nightly compiler.
fuzz target seconds="600":
    cd fuzz && cargo +nightly fuzz run -s none {{target}} -- -max_total_time={{seconds}} -rss_limit_mb=2048 -timeout=10

# What the main job costs, beside other engines where Python has them, and how it grows.
bench *sizes:
    cargo bench --bench core -- {{sizes}}

# What continuous integration runs.
ci:
    .ci/run
