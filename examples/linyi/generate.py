#!/usr/bin/env python3
"""Writes the synthetic inputs of this example. No figure is real, and no institution exists.

    python3 generate.py

Two medical groups of the shape the plan of Linyi describes (2 lead hospitals, 6 secondary hospitals, 21 primary
institutions), their registry and two years of exports, with the habits of real exports: several spellings of a
period, a file in GB18030, a file with subtotals, thousands separators, full-width digits, a missing month.
Standard library only. The same files are written on every run.
"""

import csv
import io
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXPORTS = HERE / "exports"
YEARS = (2024, 2025)
SEED = 20250101

# The one institution-month that is missing: no row in its services file.
MISSING = ("LYA17", 2025, 8)

SEASON = (0.96, 0.90, 1.04, 1.01, 1.02, 0.99, 0.98, 1.00, 1.01, 0.99, 1.03, 1.07)

# What sets the two groups apart: values of 2024 and 2025.
GROUPS = {
    "LY-A": {
        "title": "甲",
        "discharges_per_bed": 3.35,
        "hospital_growth": (1.00, 1.01),
        "primary_growth": (1.00, 1.06),
        "primary_visits": 21500,
        "down_inpatient": (0.0142, 0.0176),
        "down_outpatient": (0.0040, 0.0052),
        "up": (0.0155, 0.0148),
        "slots_sunk": (0.165, 0.213),
        "beds_sunk": (0.150, 0.188),
        "stay": (8.6, 8.2),
        "level34": (0.540, 0.562),
        "remote": (34, 52),
        "recognised": (0.150, 0.215),
        "contracted": (0.405, 0.428),
        "key_contracted": (0.770, 0.806),
        "standardised": (0.715, 0.742),
        "diabetes_standardised": (0.690, 0.719),
        "service_income": (0.292, 0.311),
        "staff": (0.412, 0.431),
        "debt": (0.43, 0.41),
        "outpatient_satisfaction": (86.0, 88.5),
        "inpatient_satisfaction": (90.0, 92.0),
        "resident_satisfaction": (87.40, 89.85),
        "rounds": (0.71, 0.93),
        "common": (0.342, 0.327),
        "wards": ((2, 3), (3, 5)),
        "mixed": (0.55, 0.85),
        "repeated": (214, 0),
    },
    "LY-B": {
        "title": "乙",
        "discharges_per_bed": 3.2,
        "hospital_growth": (1.00, 1.025),
        "primary_growth": (1.00, 1.005),
        "primary_visits": 15800,
        "down_inpatient": (0.0091, 0.0098),
        "down_outpatient": (0.0024, 0.0025),
        "up": (0.0185, 0.0190),
        "slots_sunk": (0.120, 0.143),
        "beds_sunk": (0.100, 0.124),
        "stay": (9.3, 9.2),
        "level34": (0.470, 0.476),
        "remote": (15, 19),
        "recognised": (0.110, 0.128),
        "contracted": (0.352, 0.361),
        "key_contracted": (0.690, 0.702),
        "standardised": (0.662, 0.671),
        "diabetes_standardised": (0.640, 0.652),
        "service_income": (0.255, 0.262),
        "staff": (0.371, 0.378),
        "debt": (0.52, 0.53),
        "outpatient_satisfaction": (81.5, 82.0),
        "inpatient_satisfaction": (86.5, 87.0),
        "resident_satisfaction": (81.20, 80.65),
        "rounds": (0.86, 0.985),
        "common": (0.381, 0.386),
        "wards": ((0, 1), (1, 2)),
        "mixed": (0.30, 0.45),
        "repeated": (420, 87),
    },
}

# code, name, tier, kind, role, district, size, beds
HOSPITALS = {
    "LY-A": [
        ("LYA01", "示例甲市立医院", "三级", "综合医院", "牵头", "示例一区", 112000, 2400),
        ("LYA02", "示例甲第一医院", "二级", "综合医院", "成员", "示例一区", 26000, 480),
        ("LYA03", "示例甲第二医院", "二级", "综合医院", "成员", "示例二区", 23500, 420),
        ("LYA04", "示例甲中医医院", "二级", "中医医院", "成员", "示例二区", 19000, 350),
    ],
    "LY-B": [
        ("LYB01", "示例乙中医医院", "三级", "中医医院", "牵头", "示例三区", 104000, 2000),
        ("LYB02", "示例乙第一医院", "二级", "综合医院", "成员", "示例三区", 25000, 450),
        ("LYB03", "示例乙中西医结合医院", "二级", "中西医结合医院", "成员", "示例四区", 21000, 360),
        ("LYB04", "示例乙康复医院", "二级", "康复医院", "成员", "示例四区", 9000, 240),
    ],
}
PRIMARY_COUNT = {"LY-A": 11, "LY-B": 10}


class Draw:
    """Random factors around 1 from one seeded stream."""

    def __init__(self):
        self.random = random.Random(SEED)

    def near(self, value, spread=0.04):
        return value * (1 + spread * (2 * self.random.random() - 1))

    def count(self, value, spread=0.04):
        return max(0, int(self.near(value, spread) + 0.5))

    def part(self, whole, share, spread=0.01):
        """A part of a whole number, never above it."""
        return min(whole, self.count(whole * share, spread))


def organisations():
    rows = []
    for group, spec in GROUPS.items():
        title = spec["title"]
        for code, name, tier, kind, role, district, size, beds in HOSPITALS[group]:
            rows.append(dict(code=code, name=name, tier=tier, kind=kind, role=role, group=group, district=district, size=size, beds=beds))
        first, second = HOSPITALS[group][0][5], HOSPITALS[group][3][5]
        for index in range(PRIMARY_COUNT[group]):
            township = index % 4 == 3
            rows.append(dict(
                code=f"{group.replace('-', '')}{11 + index}",
                name=f"示例{title}{index + 1:02d}" + ("卫生院" if township else "社区卫生服务中心"),
                tier="基层",
                kind="卫生院" if township else "社区卫生服务中心",
                role="成员",
                group=group,
                district=first if index % 2 == 0 else second,
                size=int(spec["primary_visits"] * (0.66 + 0.07 * ((index * 5) % 11))),
                beds=48 if township else (20 if index % 5 == 0 else 0),
            ))
    return rows


SERVICE_KEYS = ["visits", "outpatient", "emergency", "discharges", "open_days", "occupied_days", "discharge_days", "surgeries",
                "level34", "down", "down_inpatient", "received", "up", "slots", "slots_sunk"]
SERVICE_HEADERS = {
    ("LY-A", 2024): ["总诊疗人次数", "门诊人次数", "急诊人次数", "出院人数", "实际开放总床日数", "实际占用总床日数", "出院者占用总床日数",
                     "住院手术台次", "三四级手术台次", "下转人次", "其中:住院下转人次", "接收下转人次", "上转人次", "门诊号源总数", "下沉门诊号源数"],
    ("LY-A", 2025): ["总诊疗人次数", "其中:门诊人次数", "其中:急诊人次数", "出院人次", "实际开放总床日数", "实际占用总床日数", "出院者占用总床日数",
                     "住院手术台次数", "三、四级手术台次", "下转人次数", "其中:住院下转人次数", "接收下转人次数", "上转人次数", "门诊号源总数", "下沉门诊号源数"],
    ("LY-B", 2024): ["诊疗人次", "门诊人次", "急诊人次", "出院人数", "开放总床日数", "占用总床日数", "出院者占用床日数",
                     "手术台次", "三四级手术台次数", "下转患者人次", "住院下转人次", "接收上级下转人次", "向上级医院转诊人次", "门诊号源数", "下沉号源数"],
    ("LY-B", 2025): ["诊疗人次(人次)", "门诊人次(人次)", "急诊人次(人次)", "出院人数(人)", "开放总床日数(床日)", "占用总床日数(床日)",
                     "出院者占用床日数(床日)", "手术台次(次)", "三四级手术台次数(次)", "下转患者人次(人次)", "住院下转人次(人次)",
                     "接收上级下转人次(人次)", "向上级医院转诊人次(人次)", "门诊号源数(次)", "下沉号源数(次)"],
}


def month_days(year, month):
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def services(draw, org, year, month):
    """One institution's month; None is not expected of it."""
    spec, y = GROUPS[org["group"]], YEARS.index(year)
    season = SEASON[month - 1]
    row = dict.fromkeys(SERVICE_KEYS)
    if org["tier"] == "基层":
        outpatient = draw.count(org["size"] * season * spec["primary_growth"][y])
        emergency = draw.count(outpatient * 0.012, 0.3)
        discharges = draw.count(org["beds"] * 2.1 * season)
        stay = draw.near(7.2, 0.03)
        row["up"] = draw.count((outpatient + emergency) * spec["up"][y], 0.08)
    else:
        lead = org["role"] == "牵头"
        outpatient = draw.count(org["size"] * season * spec["hospital_growth"][y])
        emergency = draw.count(outpatient * 0.085, 0.06)
        discharges = draw.count(org["beds"] * (spec["discharges_per_bed"] if lead else 3.0) * season * spec["hospital_growth"][y], 0.02)
        stay = draw.near(spec["stay"][y] if lead else 8.9, 0.015)
        row["surgeries"] = draw.count(discharges * (0.34 if lead else 0.18))
        row["level34"] = draw.part(row["surgeries"], spec["level34"][y] if lead else 0.24)
        row["down_inpatient"] = draw.count(discharges * spec["down_inpatient"][y] * (1 if lead else 0.6), 0.08)
        row["down"] = row["down_inpatient"] + draw.count(outpatient * spec["down_outpatient"][y] * (1 if lead else 0.5), 0.08)
        if lead:
            row["slots"] = draw.count(outpatient * 0.82, 0.02)
            row["slots_sunk"] = draw.part(row["slots"], spec["slots_sunk"][y], 0.02)
    row["outpatient"], row["emergency"], row["discharges"] = outpatient, emergency, discharges
    row["visits"] = outpatient + emergency + draw.count(outpatient * 0.02, 0.2)
    row["open_days"] = org["beds"] * month_days(year, month)
    row["occupied_days"] = min(row["open_days"], draw.count(discharges * stay, 0.02))
    row["discharge_days"] = draw.count(discharges * stay, 0.01)
    return row


def receive(draw, rows):
    """Spreads what the lead and secondary hospitals of a group sent down over the members below them."""
    sent = sum(row["down"] for _, row in rows if row["down"] is not None)
    below = [row for org, row in rows if org["tier"] != "三级"]
    for row in below:
        row["received"] = draw.count(sent * 0.97 / len(below), 0.1)


def plain(value):
    return "" if value is None else str(value)


def write(name, header, rows, encoding="utf-8", newline="\n"):
    text = io.StringIO()
    csv.writer(text, lineterminator=newline).writerows([header, *rows])
    (EXPORTS / name).write_bytes(text.getvalue().encode(encoding))


def service_files(draw, orgs):
    """Writes the monthly services; gives discharges by institution and year."""
    discharges = {}
    for year in YEARS:
        for group, letter in (("LY-A", "a"), ("LY-B", "b")):
            members = [org for org in orgs if org["group"] == group]
            mark = "—" if group == "LY-A" else "-"
            out = []
            for month in range(1, 13):
                period = f"{year}年{month}月" if group == "LY-A" else f"{year}-{month:02d}"
                rows = [(org, services(draw, org, year, month)) for org in members]
                receive(draw, rows)
                hospitals = [row for org, row in rows if org["tier"] != "基层"]
                primary = [row for org, row in rows if org["tier"] == "基层"]
                for org, row in rows:
                    discharges[org["code"], year] = discharges.get((org["code"], year), 0) + row["discharges"]
                    if (org["code"], year, month) == MISSING:
                        continue
                    cells = [mark if row[key] is None else str(row[key]) for key in SERVICE_KEYS]
                    if group == "LY-A" and year == 2024:
                        cells = as_people_write(cells, org["code"], month)
                    out.append([org["code"], org["name"], period, *cells])
                    if group == "LY-B" and year == 2025 and org["code"] == "LYB04":
                        out.append(["小计", "", period, *totals(hospitals)])
                if group == "LY-B" and year == 2025:
                    out.append(["小计", "", period, *totals(primary)])
                    out.append(["合计", "", period, *totals(hospitals + primary)])
            excel = group == "LY-A" and year == 2025
            write(f"services-{letter}-{year}.csv", ["机构代码", "机构名称", "年月", *SERVICE_HEADERS[group, year]], out,
                  "utf-8-sig" if excel else "utf-8", "\r\n" if excel else "\n")
    return discharges


def as_people_write(cells, code, month):
    """Thousands separators in the lead hospital's first quarter, full-width digits in one centre's May, stray spaces."""
    if code == "LYA01" and month <= 3:
        return [f"{int(cell):,}" if cell.isdigit() else cell for cell in cells]
    if code == "LYA12" and month == 5:
        return [cell.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}) for cell in cells]
    if code == "LYA03" and month == 11:
        return [f" {cell} " for cell in cells]
    return cells


def totals(rows):
    out = []
    for key in SERVICE_KEYS:
        reported = [row[key] for row in rows if row[key] is not None]
        out.append(str(sum(reported)) if reported else "-")
    return out


PUBLIC_HEALTH = ["常住人口数", "居民健康档案份数", "有动态记录的档案份数", "65岁及以上常住居民数", "老年人健康管理人数", "高血压在管人数",
                 "高血压规范管理人数", "血压达标人数", "糖尿病在管人数", "糖尿病规范管理人数", "血糖达标人数", "活产数", "新生儿访视人数",
                 "0-6岁儿童数", "0-6岁儿童系统管理人数", "签约人数", "重点人群数", "重点人群签约人数", "到期签约人数", "续约人数", "履约人数"]
QUARTERS = "一二三四"
REACHED = (0.22, 0.48, 0.76, 1.0)


def public_health_files(draw, orgs):
    primary = [org for org in orgs if org["tier"] == "基层"]
    base = {org["code"]: draw.count(org["size"] * 1.9, 0.1) for org in primary}
    for y, year in enumerate(YEARS):
        out = []
        for quarter in range(4):
            for org in primary:
                spec = GROUPS[org["group"]]
                reached = REACHED[quarter]
                residents = int(base[org["code"]] * (1 + 0.004 * (4 * y + quarter)))
                records = draw.part(residents, 0.90)
                active = draw.part(records, 0.62 + 0.02 * y)
                elderly = draw.count(residents * 0.142, 0.01)
                elderly_managed = draw.part(elderly, (0.66 + 0.02 * y) * reached, 0.03)
                hypertension = draw.count(residents * 0.084, 0.02)
                standardised = draw.part(hypertension, spec["standardised"][y] - 0.01 * (3 - quarter), 0.012)
                controlled = draw.part(hypertension, spec["standardised"][y] - 0.09, 0.02)
                diabetes = draw.count(residents * 0.031, 0.02)
                diabetes_standardised = draw.part(diabetes, spec["diabetes_standardised"][y] - 0.01 * (3 - quarter), 0.012)
                diabetes_controlled = draw.part(diabetes, spec["diabetes_standardised"][y] - 0.11, 0.02)
                births = draw.count(residents * 0.0016, 0.15)
                children = draw.count(residents * 0.051, 0.02)
                contracted = draw.part(residents, spec["contracted"][y] - 0.004 * (3 - quarter), 0.008)
                key_group = draw.count(residents * 0.27, 0.02)
                key_contracted = min(contracted, draw.part(key_group, spec["key_contracted"][y] - 0.006 * (3 - quarter), 0.01))
                due = draw.count(contracted * 0.8 * reached, 0.02)
                values = [residents, records, active, elderly, elderly_managed, hypertension, standardised, controlled, diabetes,
                          diabetes_standardised, diabetes_controlled, births, draw.part(births, 0.97), children,
                          draw.part(children, 0.91 + 0.01 * y), contracted, key_group, key_contracted, due, draw.part(due, 0.83 + 0.02 * y),
                          draw.part(contracted, (0.60 + 0.03 * y) * reached, 0.02)]
                out.append([org["code"], org["name"], f"{year}年第{QUARTERS[quarter]}季度", *map(plain, values)])
        write(f"public-health-{year}.csv", ["机构代码", "机构名称", "季度", *PUBLIC_HEALTH], out)


def sharing_file(draw, orgs):
    out = []
    for y, year in enumerate(YEARS):
        for quarter in range(1, 5):
            for index, org in enumerate(orgs):
                spec = GROUPS[org["group"]]
                lead, primary = org["role"] == "牵头", org["tier"] == "基层"
                idle = org["code"] in ("LYB14", "LYB19")
                remote = None if lead else 0 if idle else draw.count(spec["remote"][y] * (1 if primary else 2.5), 0.25)
                reported = draw.count(org["size"] * (1.4 if primary else 4.2), 0.05)
                recognised = draw.count(reported * spec["recognised"][y] / (1 - spec["recognised"][y]), 0.05)
                sunk = draw.part(org["beds"], spec["beds_sunk"][y], 0.01) if lead else None
                cells = [remote, reported, recognised, org["beds"], sunk]
                out.append([org["code"], org["name"], f"{year}Q{quarter}", *("—" if cell is None else str(cell) for cell in cells)])
    write("sharing.csv", ["机构代码", "机构名称", "季度", "远程会诊人次", "检查检验报告份数", "互认次数", "实有床位数", "下沉床位数"], out)


FINANCE = ["医疗收入", "药品收入", "卫生材料收入", "检查收入", "化验收入", "人员支出", "业务支出", "负债合计", "资产合计"]


def finance_files(draw, orgs):
    """2024 in yuan; 2025 in ten thousand yuan, with thousands separators, as a GB18030 file."""
    for y, year in enumerate(YEARS):
        out = []
        for org in orgs:
            spec = GROUPS[org["group"]]
            primary = org["tier"] == "基层"
            # hundredths of ten thousand yuan, i.e. hundreds of yuan
            income = draw.count((org["size"] * 12 * (92 if primary else 330) + org["beds"] * 36 * (2600 if primary else 9800)) / 100, 0.03)
            rest = 1 - draw.near(spec["service_income"][y] + (0.06 if primary else 0), 0.01)
            drugs = draw.count(income * rest * 0.42, 0.01)
            materials = draw.count(income * rest * 0.21, 0.01)
            examinations = draw.count(income * rest * 0.19, 0.01)
            laboratory = max(0, int(income * rest) - drugs - materials - examinations)
            spending = draw.count(income * 1.02, 0.02)
            staff = draw.part(spending, spec["staff"][y] + (0.07 if primary else 0), 0.01)
            assets = draw.count(income * 1.6, 0.05)
            debts = draw.part(assets, spec["debt"][y], 0.03)
            values = [income, drugs, materials, examinations, laboratory, staff, spending, debts, assets]
            if year == 2024:
                cells = [f"{value * 100}.00" for value in values]
            else:
                cells = [f"{value // 100:,}.{value % 100:02d}" for value in values]
            out.append([org["code"], org["name"], f"{year}年" if year == 2024 else f"{year}年度", *cells])
        unit = "(元)" if year == 2024 else "(万元)"
        write(f"finance-{year}.csv", ["机构代码", "机构名称", "年度", *(name + unit for name in FINANCE)], out,
              "utf-8" if year == 2024 else "gb18030")


def satisfaction_file(draw, orgs):
    def score(value):
        points = int(draw.near(value, 0.03) * 100 + 0.5)
        return f"{min(points, 9950) / 100:.2f}"

    out = []
    for y, year in enumerate(YEARS):
        for org in orgs:
            spec = GROUPS[org["group"]]
            out.append([org["code"], f"{year}年", "门诊患者满意度", score(spec["outpatient_satisfaction"][y])])
            if org["tier"] != "基层":
                out.append([org["code"], f"{year}年", "住院患者满意度", score(spec["inpatient_satisfaction"][y])])
        for group, spec in GROUPS.items():
            out.append([group, f"{year}年", "辖区居民满意度", f"{spec['resident_satisfaction'][y]:.2f}"])
    write("satisfaction.csv", ["机构代码", "年度", "项目", "数值"], out)


TASKS = ["接受中医巡诊的住院患者人数", "常见病、多发病和病情稳定的慢性病出院人数", "向基层收取的管理费(元)", "联合病房数", "名医工作室数",
         "家庭医生团队数", "专全结合团队数", "集团内重复挂号人次数"]


def tasks_file(draw, orgs, discharges):
    """What the plan asks beside the six dimensions, one row for each institution, group and year."""
    out = []
    for y, year in enumerate(YEARS):
        for group, spec in GROUPS.items():
            out.append([group, f"示例{spec['title']}紧密型城市医疗集团", f"{year}年", *[""] * 7, spec["repeated"][y]])
        for org in orgs:
            spec, code = GROUPS[org["group"]], org["code"]
            row = dict.fromkeys(TASKS, "")
            if org["tier"] != "基层":
                row[TASKS[0]] = draw.part(discharges[code, year], spec["rounds"][y], 0.02)
            else:
                teams = 3 + org["size"] // 8000
                row[TASKS[5]], row[TASKS[6]] = teams, draw.part(teams, spec["mixed"][y], 0.2)
            if org["role"] == "牵头":
                row[TASKS[1]] = draw.part(discharges[code, year], spec["common"][y])
                row[TASKS[2]] = "0.00"
                row[TASKS[3]], row[TASKS[4]] = spec["wards"][y]
            out.append([code, org["name"], f"{year}年", *row.values()])
    write("tasks.csv", ["机构代码", "机构名称", "年度", *TASKS], out)


def registry(orgs):
    rows = [["机构代码", "机构名称", "级别", "类别", "角色", "医联体", "区县"]]
    for group, spec in GROUPS.items():
        rows.append([group, f"示例{spec['title']}紧密型城市医疗集团", "", "", "考核对象", group, ""])
        rows += [[org["code"], org["name"], org["tier"], org["kind"], org["role"], group, org["district"]] for org in orgs if org["group"] == group]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (HERE / "organisations.csv").write_bytes(text.getvalue().encode())


def main():
    EXPORTS.mkdir(exist_ok=True)
    draw, orgs = Draw(), organisations()
    registry(orgs)
    discharges = service_files(draw, orgs)
    public_health_files(draw, orgs)
    sharing_file(draw, orgs)
    finance_files(draw, orgs)
    satisfaction_file(draw, orgs)
    tasks_file(draw, orgs, discharges)


if __name__ == "__main__":
    main()
