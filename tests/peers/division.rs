//! Money and targets that are divided.

use crate::desk::{Desk, column};

/// trytry `fund.py`: every share was rounded for itself, and together they were some 分 more or less than the pool.
/// E1 and E2 reach 5 of 10 points and have half the coefficient of W1 and W2.
#[test]
fn shares_add_up_to_the_pool_to_the_fen() {
    let desk = Desk::new(&["indicator = \"rate\"\nscore.ratio = { target = 20 }"]);
    desk.scored(&["--fail-on", "never"], "summary.csv");
    for (amount, expected) in [
        // 16.667, 16.667, 33.333, 33.333: two 分 are left, for the largest remainders.
        ("100.00", ["16.67", "16.67", "33.33", "33.33"]),
        // 16.6683, 16.6683, 33.3367, 33.3367: three are left, the third for the first of the two that are alike.
        ("100.01", ["16.67", "16.67", "33.34", "33.33"]),
        ("100.02", ["16.67", "16.67", "33.34", "33.34"]),
        // A sixth and a third of one 分: it cannot be divided.
        ("0.01", ["0.00", "0.00", "0.01", "0.00"]),
        ("0", ["0.00", "0.00", "0.00", "0.00"]),
    ] {
        let rules = format!(
            "title = \"Pay\"\ncoefficient.bands = [{{ at_least = 10, coefficient = 1 }}, {{ at_least = 0, coefficient = 0.5 }}]\n\n[[pool]]\nid = \"fund\"\nrule = \"shared\"\namount = {amount}\n"
        );
        std::fs::write(desk.path().join("allocation.toml"), rules).expect("a file");
        let (said, code) = desk.run(&["allocate", "out", "--rules", "allocation.toml", "-o", "pay", "--force", "--lang", "en"]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(column(&desk.table("pay/amounts.csv"), "amount"), expected, "{amount}");
    }
}
