#!/usr/bin/env python3
"""Computes this example's indicators a second time, from the CSV files alone, and prints them.

    python3 hand-check.py > hand-check.csv

Nothing here reads the catalogues or shares code with the program: headers, items, who must report and every formula
are written out by hand, with exact fractions. Rules of SEMANTICS.md that matter here:

F6   A slot is one organisation and one month (quarter, year) of the window. It needs every flow of every term the
     organisation takes part in, in every window the formula names. A slot with anything missing counts nowhere.
T6   A stock is the organisation's latest value inside the window.
O6   The group's own row (role 考核对象) counts only where a term asks for it.
F9   N and D are sums over the group; for satisfaction the plain mean of the organisations.
D3   小计 and 合计 rows are never added.
"""

import csv
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
YEARS = (2024, 2025)
NOT_REPORTED = {"", "-", "—"}

SERVICES = {
    "总诊疗人次数": "visits", "诊疗人次": "visits", "诊疗人次(人次)": "visits",
    "门诊人次数": "outpatient", "其中:门诊人次数": "outpatient", "门诊人次": "outpatient", "门诊人次(人次)": "outpatient",
    "急诊人次数": "emergency", "其中:急诊人次数": "emergency", "急诊人次": "emergency", "急诊人次(人次)": "emergency",
    "出院人数": "discharges", "出院人次": "discharges", "出院人数(人)": "discharges",
    "实际开放总床日数": "open", "开放总床日数": "open", "开放总床日数(床日)": "open",
    "实际占用总床日数": "occupied", "占用总床日数": "occupied", "占用总床日数(床日)": "occupied",
    "出院者占用总床日数": "stay", "出院者占用床日数": "stay", "出院者占用床日数(床日)": "stay",
    "住院手术台次": "surgeries", "住院手术台次数": "surgeries", "手术台次": "surgeries", "手术台次(次)": "surgeries",
    "三四级手术台次": "level34", "三、四级手术台次": "level34", "三四级手术台次数": "level34", "三四级手术台次数(次)": "level34",
    "下转人次": "down", "下转人次数": "down", "下转患者人次": "down", "下转患者人次(人次)": "down",
    "其中:住院下转人次": "down_in", "其中:住院下转人次数": "down_in", "住院下转人次": "down_in", "住院下转人次(人次)": "down_in",
    "接收下转人次": "received", "接收下转人次数": "received", "接收上级下转人次": "received", "接收上级下转人次(人次)": "received",
    "上转人次": "up", "上转人次数": "up", "向上级医院转诊人次": "up", "向上级医院转诊人次(人次)": "up",
    "门诊号源总数": "slots", "门诊号源数": "slots", "门诊号源数(次)": "slots",
    "下沉门诊号源数": "slots_sunk", "下沉号源数": "slots_sunk", "下沉号源数(次)": "slots_sunk",
}
PUBLIC_HEALTH = {
    "常住人口数": "residents", "居民健康档案份数": "records", "有动态记录的档案份数": "active", "65岁及以上常住居民数": "elderly",
    "老年人健康管理人数": "elderly_managed", "高血压在管人数": "htn", "高血压规范管理人数": "htn_standard", "血压达标人数": "htn_controlled",
    "糖尿病在管人数": "dm", "糖尿病规范管理人数": "dm_standard", "血糖达标人数": "dm_controlled", "活产数": "births",
    "新生儿访视人数": "newborns", "0-6岁儿童数": "children", "0-6岁儿童系统管理人数": "children_systematic", "签约人数": "contracted",
    "重点人群数": "key", "重点人群签约人数": "key_contracted", "到期签约人数": "due", "续约人数": "renewed", "履约人数": "fulfilled",
}
SHARING = {"远程会诊人次": "remote", "检查检验报告份数": "reported", "互认次数": "recognised", "实有床位数": "beds", "下沉床位数": "beds_sunk"}
FINANCE = {"医疗收入": "income", "药品收入": "drugs", "卫生材料收入": "materials", "检查收入": "examinations", "化验收入": "laboratory",
           "人员支出": "staff", "业务支出": "spending", "负债合计": "liabilities", "资产合计": "assets"}
TASKS = {"接受中医巡诊的住院患者人数": "rounds", "常见病、多发病和病情稳定的慢性病出院人数": "common", "向基层收取的管理费(元)": "fee", "联合病房数": "wards",
         "名医工作室数": "studios", "家庭医生团队数": "teams", "专全结合团队数": "mixed", "集团内重复挂号人次数": "repeated"}
SATISFACTION = {"门诊患者满意度": "outpatient_score", "住院患者满意度": "inpatient_score", "辖区居民满意度": "resident_score"}


class Organisation:
    def __init__(self, row):
        self.code, self.group = row["机构代码"], row["医联体"]
        self.tier, self.kind, self.role = row["级别"], row["类别"], row["角色"]
        self.is_unit = self.role == "考核对象"
        self.lead, self.primary, self.hospital = self.role == "牵头", self.tier == "基层", self.tier in ("二级", "三级")


def read(name, encoding="utf-8-sig"):
    with open(HERE / name, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def number(cell, scale=1):
    text = unicodedata.normalize("NFKC", cell).strip().replace(",", "")
    return None if text in NOT_REPORTED else Fraction(text) * scale


def load():
    organisations = [Organisation(row) for row in read("organisations.csv")]
    codes = {organisation.code for organisation in organisations}
    data = {}

    def put(code, year, slot, item, value):
        if value is not None:
            assert (code, year, slot, item) not in data, (code, year, slot, item)
            data[code, year, slot, item] = value

    def put_row(row, year, slot, names, scale=1, suffix=""):
        for header, item in names.items():
            if header + suffix in row:
                put(row["机构代码"], year, slot, item, number(row[header + suffix], scale))

    for letter in "ab":
        for year in YEARS:
            for row in read(f"exports/services-{letter}-{year}.csv"):
                if row["机构代码"] in ("小计", "合计"):
                    continue
                assert row["机构代码"] in codes and set(row) - set(SERVICES) == {"机构代码", "机构名称", "年月"}
                text = row["年月"].replace("年", "-").replace("月", "")
                assert int(text.split("-")[0]) == year
                put_row(row, year, ("M", int(text.split("-")[1])), SERVICES)
    for year in YEARS:
        for row in read(f"exports/public-health-{year}.csv"):
            put_row(row, int(row["季度"][:4]), ("Q", "一二三四".index(row["季度"][6]) + 1), PUBLIC_HEALTH)
        for row in read(f"exports/finance-{year}.csv", "utf-8" if year == 2024 else "gb18030"):
            assert int(row["年度"][:4]) == year
            put_row(row, year, ("Y", 1), FINANCE, *((1, "(元)") if year == 2024 else (10000, "(万元)")))
    for row in read("exports/sharing.csv"):
        put_row(row, int(row["季度"][:4]), ("Q", int(row["季度"][5])), SHARING)
    for row in read("exports/tasks.csv"):
        put_row(row, int(row["年度"][:4]), ("Y", 1), TASKS)
    for row in read("exports/satisfaction.csv"):
        put(row["机构代码"], int(row["年度"][:4]), ("Y", 1), SATISFACTION[row["项目"]], number(row["数值"]))
    return organisations, data


SLOTS = {"M": [("M", i) for i in range(1, 13)], "Q": [("Q", i) for i in range(1, 5)], "Y": [("Y", 1)]}


class Group:
    """The members of one group, without its own row, and the sums over them."""

    def __init__(self, code, organisations, data):
        self.code = code
        self.members = [o for o in organisations if o.group == code and not o.is_unit]
        self.data = data

    def flows(self, frequency, years, needs):
        """Sums of flow items over met slots. needs(organisation) is the set of items it must report, empty if none."""
        sums = {}
        for organisation in self.members:
            items = needs(organisation)
            if not items:
                continue
            for slot in SLOTS[frequency]:
                keys = [(organisation.code, year, slot, item) for year in years for item in items]
                if all(key in self.data for key in keys):
                    for key in keys:
                        name = (key[3], key[1])
                        sums.setdefault(name, []).append((organisation, self.data[key]))
        return sums

    def total(self, sums, item, year, who=lambda organisation: True):
        return sum((value for organisation, value in sums.get((item, year), []) if who(organisation)), Fraction(0))

    def stocks(self, frequency, year, needs):
        """Sums of stock items at each organisation's latest report; an organisation lacking one counts nowhere."""
        sums = {}
        for organisation in self.members:
            items = needs(organisation)
            latest = {}
            for item in items:
                values = [self.data[organisation.code, year, slot, item] for slot in SLOTS[frequency]
                          if (organisation.code, year, slot, item) in self.data]
                if values:
                    latest[item] = values[-1]
            if items and len(latest) == len(items):
                for item, value in latest.items():
                    sums[item] = sums.get(item, Fraction(0)) + value
        return sums


def primary(*items):
    return lambda organisation: set(items) if organisation.primary else set()


def hospital(*items):
    return lambda organisation: set(items) if organisation.hospital else set()


def lead(*items):
    return lambda organisation: set(items) if organisation.lead else set()


def everyone(*items):
    return lambda organisation: set(items)


def indicators(group, year):
    """(indicator, N, D, factor); D is None for a count."""
    g = group
    sums = g.flows("M", [year], everyone("visits"))
    yield "visits_total", g.total(sums, "visits", year), None, 1

    if year == 2025:
        for name, item, needs in (
            ("visits_growth", "visits", everyone("visits")),
            ("discharge_growth", "discharges", everyone("discharges")),
            ("primary_visits_growth", "visits", primary("visits")),
            ("downward_referral_growth", "down", hospital("down")),
        ):
            sums = g.flows("M", [2024, 2025], needs)
            now, before = g.total(sums, item, 2025), g.total(sums, item, 2024)
            yield name, now - before, before, 100

        sums = g.flows("Y", [2024, 2025], everyone("income"))
        now, before = g.total(sums, "income", 2025), g.total(sums, "income", 2024)
        yield "income_growth", now - before, before, 100
        both = [g.stocks("Q", one, primary("contracted", "residents")) for one in (2025, 2024)]
        now, before = (sums["contracted"] / sums["residents"] for sums in both)
        # A difference of shares is no decimal: it stands as a fraction.
        yield "contract_coverage_change", Fraction((now - before).numerator), Fraction((now - before).denominator), 100

    sums = g.flows("M", [year], everyone("outpatient", "emergency"))
    everywhere = g.total(sums, "outpatient", year) + g.total(sums, "emergency", year)
    at_primary = sum(g.total(sums, item, year, lambda o: o.primary) for item in ("outpatient", "emergency"))
    yield "primary_visit_rate_group", at_primary, everywhere, 100

    for name, top, bottom, needs, factor in (
        ("outpatient_to_discharge_ratio", "outpatient", "discharges", everyone, 1),
        ("bed_occupancy", "occupied", "open", everyone, 100),
        ("avg_length_of_stay", "stay", "discharges", everyone, 1),
        ("level34_surgery_share", "level34", "surgeries", hospital, 100),
        ("downward_referral_rate_inpatient", "down_in", "discharges", lead, 100),
        ("downward_referral_per_mille", "down_in", "discharges", hospital, 1000),
        ("upward_referral_rate", "up", "visits", primary, 100),
        ("outpatient_slots_to_primary", "slots_sunk", "slots", lead, 100),
        ("lead_length_of_stay", "stay", "discharges", lead, 1),
        ("lead_level34_surgery_share", "level34", "surgeries", lead, 100),
    ):
        sums = g.flows("M", [year], needs(top, bottom))
        yield name, g.total(sums, top, year), g.total(sums, bottom, year), factor

    sums = g.flows("M", [year], hospital("down", "outpatient", "emergency", "discharges"))
    yield ("downward_referral_rate_all", g.total(sums, "down", year),
           sum(g.total(sums, item, year) for item in ("outpatient", "emergency", "discharges")), 100)

    sums = g.flows("M", [year], lambda o: {"up"} if o.primary else {"down"})
    down, up = g.total(sums, "down", year), g.total(sums, "up", year)
    yield "two_way_referral_ratio", down, up, 100
    yield "downward_share_of_referrals", down, up + down, 100
    yield "downward_referrals_total", g.total(g.flows("M", [year], hospital("down")), "down", year), None, 1
    yield "downward_referrals_inpatient", g.total(g.flows("M", [year], hospital("down_in")), "down_in", year), None, 1
    yield "upward_referrals_total", g.total(g.flows("M", [year], primary("up")), "up", year), None, 1

    # Secondary hospitals both send down and receive; the lead only sends, primary members only receive.
    sums = g.flows("M", [year], lambda o: {"down"} if o.lead else {"down", "received"} if o.hospital else {"received"})
    yield "downward_referral_receipt_rate", g.total(sums, "received", year), g.total(sums, "down", year), 100

    for name, top, bottom in (
        ("health_record_rate", "records", "residents"),
        ("health_record_use_rate", "active", "records"),
        ("elderly_management_rate", "elderly_managed", "elderly"),
        ("hypertension_standard_rate", "htn_standard", "htn"),
        ("hypertension_control_rate", "htn_controlled", "htn"),
        ("diabetes_standard_rate", "dm_standard", "dm"),
        ("diabetes_control_rate", "dm_controlled", "dm"),
        ("child_systematic_rate", "children_systematic", "children"),
        ("contract_coverage", "contracted", "residents"),
        ("key_group_contract_coverage", "key_contracted", "key"),
        ("renewal_rate", "renewed", "due"),
        ("fulfilment_rate", "fulfilled", "contracted"),
    ):
        sums = g.stocks("Q", year, primary(top, bottom))
        yield name, sums[top], sums[bottom], 100
    sums = g.stocks("Q", year, primary("htn_standard", "dm_standard", "htn", "dm"))
    yield "chronic_standard_rate", sums["htn_standard"] + sums["dm_standard"], sums["htn"] + sums["dm"], 100
    sums = g.stocks("Q", year, primary("htn", "residents"))
    yield "hypertension_management_rate", sums["htn"], sums["residents"] * Fraction("0.85") * Fraction("0.188"), 100
    sums = g.stocks("Q", year, primary("dm", "residents"))
    yield "diabetes_management_rate", sums["dm"], sums["residents"] * Fraction("0.85") * Fraction("0.097"), 100
    sums = g.flows("Q", [year], primary("newborns", "births"))
    yield "newborn_visit_rate", g.total(sums, "newborns", year), g.total(sums, "births", year), 100

    yield "secondary_general_members", Fraction(sum(o.tier == "二级" and o.kind == "综合医院" for o in g.members)), None, 1
    asked = {o.code: [g.data.get((o.code, year, slot, "remote")) for slot in SLOTS["Q"]] for o in g.members if o.primary}
    known = {code: sum(values) for code, values in asked.items() if None not in values}
    yield "telemedicine_member_coverage", Fraction(sum(value > 0 for value in known.values())), Fraction(len(known)), 100
    sums = g.flows("Q", [year], lambda o: set() if o.lead else {"remote"})
    yield "remote_diagnosis_volume", g.total(sums, "remote", year), None, 1
    sums = g.flows("Q", [year], everyone("recognised", "reported"))
    recognised = g.total(sums, "recognised", year)
    yield "result_recognition_rate", recognised, g.total(sums, "reported", year) + recognised, 100
    sums = g.stocks("Q", year, lead("beds_sunk", "beds"))
    yield "inpatient_beds_to_primary", sums["beds_sunk"], sums["beds"], 100

    sums = g.flows("Y", [year], everyone("income", "drugs", "materials", "examinations", "laboratory"))
    income, *parts = (g.total(sums, item, year) for item in ("income", "drugs", "materials", "examinations", "laboratory"))
    yield "service_income_share", income - sum(parts), income, 100
    for name, *tops in (("drug_income_share", "drugs"), ("test_income_share", "examinations", "laboratory")):
        sums = g.flows("Y", [year], everyone("income", *tops))
        yield name, sum(g.total(sums, item, year) for item in tops), g.total(sums, "income", year), 100
    sums = g.flows("Y", [year], everyone("staff", "spending"))
    yield "staff_expense_share", g.total(sums, "staff", year), g.total(sums, "spending", year), 100
    sums = g.stocks("Y", year, everyone("liabilities", "assets"))
    yield "debt_ratio", sums["liabilities"], sums["assets"], 100

    for name, item, needs in (("outpatient_satisfaction", "outpatient_score", everyone), ("inpatient_satisfaction", "inpatient_score", hospital)):
        scores = g.flows("Y", [year], needs(item))[item, year]
        yield name, sum(value for _, value in scores), Fraction(len(scores)), 1
    yield "resident_satisfaction", g.data[g.code, year, ("Y", 1), "resident_score"], None, 1

    yield from tasks(group, year)


def tasks(group, year):
    """What stands in tasks.csv: annual counts, beside monthly ones where both make one rate."""
    g = group
    year_of = lambda item, who: sum((v for (code, y, _, i), v in g.data.items() if (y, i) == (year, item) and code in who), Fraction(0))
    leads = {o.code for o in g.members if o.lead}
    hospitals = {o.code for o in g.members if o.hospital}
    branches = {o.code for o in g.members if o.primary}
    # No month of a hospital is missing: the sum of its months is its year.
    yield "tcm_rounds_coverage", year_of("rounds", hospitals), year_of("discharges", hospitals), 100
    yield "hospital_common_disease_share", year_of("common", leads), year_of("discharges", leads), 100
    yield "surgery_share", year_of("surgeries", hospitals), year_of("discharges", hospitals), 100
    yield "joint_wards_and_studios", year_of("wards", leads) + year_of("studios", leads), None, 1
    for name in ("fee_from_primary", "fee-from-primary"):    # the indicator, and what the veto looks at
        yield name, year_of("fee", leads), None, 1
    yield "repeat_registration_total", year_of("repeated", {g.code}), None, 1
    yield "primary_member_count", Fraction(len(branches)), None, 1
    yield "family_doctor_teams_total", year_of("teams", branches), None, 1
    yield "mixed_teams_total", year_of("mixed", branches), None, 1
    yield "mixed_team_share", year_of("mixed", branches), year_of("teams", branches), 100
    yield "contracted_per_team", g.stocks("Q", year, primary("contracted"))["contracted"], year_of("teams", branches), 1
    sums = g.flows("M", [year], everyone("discharges", "open"))
    days = 366 if year == 2024 else 365
    yield "bed_turnover", g.total(sums, "discharges", year) * days, g.total(sums, "open", year), 1


def exact(value):
    """An exact decimal; every N and D here has one."""
    if value is None:
        return ""
    scaled, places = value, 0
    while scaled.denominator != 1:
        scaled, places = scaled * 10, places + 1
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    text = digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}"
    return ("-" if value < 0 else "") + text


def shortest(value):
    """The shortest decimal that reads back to the nearest double [D6]."""
    text = repr(float(value))
    return text.removesuffix(".0")


def main():
    organisations, data = load()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["unit", "indicator", "window", "numerator", "denominator", "value"])
    for code in sorted({o.group for o in organisations}):
        group = Group(code, organisations, data)
        for year in YEARS:
            for name, top, bottom, factor in indicators(group, year):
                value = top * factor / (bottom if bottom is not None else 1)
                writer.writerow([code, name, year, exact(top), exact(bottom), shortest(value)])


if __name__ == "__main__":
    main()
