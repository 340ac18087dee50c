//! What `kaohe new` writes: templates of national systems, and the shipped examples, file by file.

use crate::text::{Lang, Text};

/// The sample written where none is named.
pub(super) const DEFAULT: &str = "linyi";

/// A folder that `kaohe new` can write.
pub(super) struct Template {
    /// What `--template` calls it: the name of its folder.
    pub(super) name: &'static str,
    zh: &'static str,
    en: &'static str,
    /// Its files: path below the folder, content.
    pub(super) files: &'static [(&'static str, &'static [u8])],
}

impl Template {
    /// What it is for, in one line.
    pub(super) fn does(&self) -> Text {
        Text::new(self.zh, self.en)
    }
}

/// All of them, a line each, after a line break; names stand in one column.
pub(super) fn lines(lang: Lang) -> String {
    let line = |template: &Template| format!("\n       {:<20}{}", template.name, template.does().get(lang));
    TEMPLATES.iter().map(line).collect()
}

/// The help of `--template`: every name with what it is for, in both languages.
pub(super) fn help() -> String {
    let lines = TEMPLATES.iter().map(|template| format!("\n  {:<20}{}\n{:22}{}", template.name, template.en, "", template.zh));
    format!("Templates and examples 模板与示例:{}", lines.collect::<String>())
}

/// `"name" in "folder": "中文", "English", [files…]`: a path is written once, the content is the file's.
macro_rules! templates {
    ($($name:literal in $folder:literal: $zh:literal, $en:literal, [$($path:literal)*])*) => {
        &[$(Template {
            name: $name,
            zh: $zh,
            en: $en,
            files: &[$(($path, include_bytes!(concat!("../../", $folder, "/", $name, "/", $path)))),*],
        }),*]
    };
}

/// Templates and examples by name.
pub(super) static TEMPLATES: &[Template] = templates! {
    "urban-group" in "templates":
        "城市医疗集团年度考核：六个维度、红线，适用于任何城市",
        "tight urban medical groups: six dimensions and a red line, for any city",
        ["README.md" "assessment.toml" "criteria.toml" "judgements.csv" "organisations.csv"
        "data/groups-2025.csv" "data/hospitals-2024.csv" "data/hospitals-2025.csv" "data/primary-2024.csv" "data/primary-2025.csv"]
    "county-verdict" in "templates":
        "县域医共体评判（2020年）：11条标准评A、B、C，26项监测，得出结论",
        "county medical communities, 2020: eleven criteria graded A, B, C, 26 indicators, a verdict",
        ["README.md" "assessment.toml" "criteria.toml" "judgements.csv" "organisations.csv"
        "data/counties.csv" "data/hospitals.csv" "data/townships.csv"]
    "county-2024" in "templates":
        "县域医共体监测（2024版）：5个维度14项指标，2025年三项目标",
        "county medical communities, 2024: five dimensions with fourteen indicators, three targets for 2025",
        ["README.md" "assessment.toml" "criteria.toml" "judgements.csv" "organisations.csv"
        "data/counties.csv" "data/hospitals.csv" "data/townships.csv"]
    "state-council-2015" in "templates":
        "分级诊疗试点考核（国办发〔2015〕70号）：十条标准，达标与否",
        "tiered care pilots, State Council 2015: ten standards, reached or not",
        ["README.md" "assessment.toml" "criteria.toml" "indicators.toml" "judgements.csv" "organisations.csv"
        "data/cities.csv" "data/hospitals.csv" "data/primary.csv"]
    "public-health" in "templates":
        "基本公共卫生服务绩效评价：组织、资金、执行、效果",
        "basic public health services of health centres: organisation, funds, work, results",
        ["README.md" "assessment.toml" "criteria.toml" "judgements.csv" "organisations.csv"
        "data/diseases-and-education.csv" "data/records-and-chronic.csv" "data/women-and-children.csv"]
    "linyi" in "examples":
        "示例：临沂市紧密型城市医疗集团，导出表里有常见问题",
        "example: urban medical groups of Linyi, with the usual defects in the exports",
        ["README.md" "assessment.toml" "criteria.toml" "judgements.csv" "organisations.csv" "units.csv" "exports/finance-2024.csv"
        "exports/finance-2025.csv" "exports/public-health-2024.csv" "exports/public-health-2025.csv" "exports/satisfaction.csv"
        "exports/services-a-2024.csv" "exports/services-a-2025.csv" "exports/services-b-2024.csv" "exports/services-b-2025.csv"
        "exports/sharing.csv" "exports/tasks.csv"]
    "wushen" in "examples":
        "示例：乌审旗医共体九项指标，绩效工资分配",
        "example: communities after Uxin Banner, nine indicators and pools of pay",
        ["README.md" "allocation.toml" "assessment.toml" "criteria.toml" "judgements.csv" "organisations.csv" "pools.csv" "units.csv"
        "exports/cooperation.csv" "exports/insurance-2024.csv" "exports/public-health.csv" "exports/satisfaction.csv"
        "exports/services-2023.csv" "exports/services-bing-2024.csv" "exports/services-jia-2024.csv" "exports/services-yi-2024.csv"]
    "guangming" in "examples":
        "示例：深圳光明区公开数字和社康中心督导",
        "example: published figures of Guangming, Shenzhen, and supervision of its centres",
        ["README.md" "assessment.toml" "criteria.toml" "figures.csv" "indicators.toml" "organisations.csv" "supervision/README.md"
        "supervision/allocation.toml" "supervision/assessment.toml" "supervision/consultation.csv" "supervision/criteria.toml"
        "supervision/exports/monthly-2022.csv" "supervision/exports/results-2022.csv" "supervision/indicators.toml"
        "supervision/judgements.csv" "supervision/organisations.csv" "supervision/pay.csv" "supervision/sizes.csv"
        "supervision/targets.csv" "supervision/targets.toml" "supervision/work.csv"]
    "state-council-2017" in "examples":
        "示例：国办发〔2017〕32号医联体考核",
        "example: consortia after the opinion of the State Council, 2017",
        ["README.md" "assessment.toml" "criteria.toml" "indicators.toml" "judgements.csv" "organisations.csv" "units.csv"
        "exports/activity.csv" "exports/contracts.csv" "exports/lead/SCA01.csv" "exports/lead/SCB01.csv" "exports/lead/SCC01.csv"]
    "yangjiang" in "examples":
        "示例：阳江市各县医联体2017年目标",
        "example: counties of Yangjiang and their targets for 2017",
        ["README.md" "assessment.toml" "corrections.csv" "criteria.toml" "indicators.toml" "judgements.csv" "organisations.csv"
        "targets.csv" "units.csv" "exports/chronic.csv" "exports/contracts-2017.csv" "exports/cooperation.csv" "exports/county.csv"
        "exports/services-2016.csv" "exports/services-2017.csv" "exports/system-2017-12.csv"]
    "national-2019" in "examples":
        "示例：2019年1-10月全国医疗服务情况表",
        "example: the national table of services, January to October 2019",
        ["README.md" "assessment.toml" "criteria.toml" "indicators.toml" "organisations.csv" "service-2019-01-10.csv"]
    "pay" in "examples":
        "示例：任务分解和绩效分配",
        "example: targets divided among centres, and pay by their scores",
        ["README.md" "allocation.toml" "assessment.toml" "centres.csv" "consultation.csv" "criteria.toml" "figures.csv"
        "indicators.toml" "organisations.csv" "pools.csv" "targets.toml" "work.csv"]
};
