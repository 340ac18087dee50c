//! throwaway
fn main() {
    use kaohe::text::Lang;
    let path = std::env::args().nth(1).unwrap();
    let request = kaohe::assessment::Request { path: path.into(), ..Default::default() };
    let (assessment, diagnostics) = kaohe::assessment::load(&request);
    for d in &diagnostics {
        println!("{}", d.render(Lang::En));
    }
    let Some(assessment) = assessment else { return };
    let prepared = match kaohe::assess::prepare(&assessment) {
        Ok(p) => p,
        Err(d) => {
            for d in d {
                println!("{}", d.render(Lang::En));
            }
            return;
        }
    };
    let book = kaohe::assess::assess(prepared).unwrap();
    for f in &book.findings {
        println!("{:?} {} {:?} | {}", f.severity(), f.code.id(), f.place.file.as_deref().map(|x| (x, f.place.row)), f.text(Lang::Zh));
    }
    for u in &book.units {
        println!(
            "== {} {} rank {:?} total {:?} grade {:?} prov {:?}",
            u.key,
            u.name.zh,
            u.rank,
            u.total.as_ref().map(|t| t.to_string()),
            u.grade.as_ref().map(|g| g.zh.clone()),
            u.provisional.len()
        );
        for (c, s) in book.criteria.iter().zip(&u.scores) {
            println!(
                "  {} {} {:?} {}",
                c.id,
                c.name.zh,
                s.points.as_ref().map(|p| p.fixed(2)),
                kaohe::score::reason::sentence(&s.reason, Lang::Zh)
            );
        }
        for a in &u.adjustments {
            println!("  {} {} {}", a.step, a.points, a.reason.render(Lang::Zh));
        }
        if let Some(n) = &u.no_total {
            println!("  {}", n.render(Lang::Zh));
        }
    }
}
