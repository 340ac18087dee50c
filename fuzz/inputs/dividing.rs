//! Targets and allocation files, each read beside the same small tables; what is divided adds up.

use std::fs;
use std::path::Path;

use kaohe::assessment::dividing::{allocation, allotment};
use kaohe::number::Exact;
use kaohe::pay::{self, Kind, Scored, Scores, Source};
use kaohe::scorebook::Input;
use kaohe::targets::{self, Rule};
use kaohe::text::Text;

use super::definitions::{folder, tell, within};

const SIZES: &str = "unit,name,population,elderly,managed\nP1,东镇,30000,4500,3000\nP2,西镇,20000,3600,2400\nP3,南镇,18000,2700,1500\n";
const CONSULTATION: &str =
    "unit,item,round,target,at_least,at_most,reason\nP1,elderly_examined,1,,100,,远\nP3,elderly_examined,2,,,2200,新\n";
const MONEY: &str = "unit,name,allowance,income(万元),surplus,primary_income,carried,population\n\
    P1,东镇,600000,140,5,70,0,30000\nP2,西镇,450000,95,0,20,20000,20000\nP3,南镇,380000,72,1.5,30,0,18000\n";
const WORK: &str =
    "unit,person,month,step,count\nP1,E1,2025-11,examination,100\nP1,E2,2025-11,examination,400\nP2,E3,2025-12,examination,300\n";

/// A targets file.
pub(crate) fn targets(input: &[u8]) {
    let Some(text) = within(input) else { return };
    let tables = [("units.csv", SIZES), ("centres.csv", SIZES), ("sizes.csv", SIZES), ("consultation.csv", CONSULTATION)];
    let place = laid_out("targets.toml", text, &tables);
    let (loaded, found) = allotment::load(place.path(), None, None);
    assert!(loaded.is_some() || !found.is_empty(), "refused without a reason");
    tell(&found);
    let Some(loaded) = loaded else { return };
    let all = match targets::allot(&loaded.plan) {
        Ok(all) => all,
        Err(found) => return tell(&found),
    };
    for (at, item) in loaded.plan.items.iter().enumerate() {
        let own = all.iter().filter(|target| target.item == at);
        if let Rule::Divided(quantity) = &item.rule {
            let sum: Exact = own.map(|target| &target.target).sum();
            assert_eq!(sum, Exact::from(quantity.total), "parts add up to their total");
        }
    }
}

/// An allocation file.
pub(crate) fn allocation(input: &[u8]) {
    let Some(text) = within(input) else { return };
    let tables = [("units.csv", MONEY), ("pools.csv", MONEY), ("pay.csv", MONEY), ("work.csv", WORK)];
    let place = laid_out("allocation.toml", text, &tables);
    let input =
        Input { path: "scorebook.json".to_owned(), role: "result", sha256: String::new(), bytes: 0, encoding: None, received: None };
    let (loaded, found) = allocation::load(place.path(), scores(), input, allocation::Totals::Provisional);
    assert!(loaded.is_some() || !found.is_empty(), "refused without a reason");
    tell(&found);
    let Some(loaded) = loaded else { return };
    let paid = match pay::allocate(&loaded.plan) {
        Ok(paid) => paid,
        Err(found) => return tell(&found),
    };
    for (at, pool) in loaded.plan.pools.iter().enumerate() {
        let own = || paid.payments.iter().filter(|payment| payment.pool == at);
        // Money that waits for a unit's total is held back, and belongs to the pool.
        let sum: i64 = own().map(|payment| payment.paid.unwrap_or(0) + payment.rest.map_or(0, |(rest, _)| rest)).sum();
        let given: Option<i64> = match &pool.kind {
            Kind::Own(..) => own().map(|payment| payment.own).sum(),
            Kind::Shared(Source::Amount(amount), _) => Some(*amount),
            Kind::Shared(Source::Parts(_), _) => None,
        };
        let given = given.unwrap_or(sum);
        assert_eq!(sum, given, "what is paid and kept is the pool {}", pool.id);
    }
}

/// Two units with totals, one of them provisional, and one without.
fn scores() -> Scores {
    let unit = |key: &str, name: &str, total: Option<i128>| Scored {
        key: key.to_owned(),
        name: Text::same(name),
        total: total.map(|total| Exact::from_steps(total, 2)),
        grade: Some(Text::new("良好", "Good")),
        is_provisional: key == "P2",
    };
    Scores {
        period: "2025".parse().expect("a period"),
        full_points: Exact::from(100),
        points_decimals: 2,
        units: vec![unit("P1", "东镇", Some(9250)), unit("P2", "西镇", Some(8005)), unit("P3", "南镇", None)],
    }
}

fn laid_out(name: &str, text: &str, tables: &[(&str, &str)]) -> tempfile::TempDir {
    let place = folder();
    let put = |name: &str, text: &str| fs::write(Path::new(place.path()).join(name), text).expect("a file");
    put(name, text);
    for (name, text) in tables {
        put(name, text);
    }
    place
}
