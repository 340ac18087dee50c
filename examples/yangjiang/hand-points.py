#!/usr/bin/env python3
"""Works every criterion's points out from the exports and judgements alone, and prints them.

    python3 hand-points.py > hand-points.csv

Formulas and thresholds are typed here again on purpose: nothing reads criteria.toml or a catalogue.
"""

import csv
import io
import sys
from datetime import date
from fractions import Fraction as F
from math import floor
from pathlib import Path

HERE = Path(__file__).resolve().parent
UNITS = ("YJ-A", "YJ-B", "YJ-C", "YJ-D")


def rows(name, encoding="utf-8-sig", skip=0):
    text = (HERE / name).read_bytes().decode(encoding).splitlines()[skip:]
    return list(csv.DictReader(io.StringIO("\n".join(text))))


def number(cell):
    cell = (cell or "").replace(",", "")
    return None if cell in ("", "-", "—") else F(cell)


def half_up(points):
    return F(floor(points * 100 + F(1, 2)), 100)


def clamp(share):
    return max(F(0), min(F(1), share))


def improve(change, rise, flat=F(1, 2)):
    """The share for a change for the better; `rise` of None asks for any."""
    if change < 0:
        return F(0)
    if change == 0:
        return flat
    return F(1) if rise is None else clamp(flat + (1 - flat) * change / F(rise))


def months_late(done, due):
    """Months begun after the due date: from the day after it to the next month's same day is one."""
    done, due = date.fromisoformat(done), date.fromisoformat(due)
    if done <= due:
        return 0
    # Both due dates are the last of a month: every calendar month touched after it was begun.
    return (done.year - due.year) * 12 + done.month - due.month


REGISTRY = [r for r in rows("organisations.csv") if r["角色"] != "考核对象"]
HOSPITAL = [r for r in REGISTRY if r["级别"] != "基层"]
PRIMARY = [r for r in REGISTRY if r["级别"] == "基层"]
NAMES = {r["机构名称"]: r["机构代码"] for r in REGISTRY} | {"江区人民医院（示例）": "YJA03", "示例湾县医院集团": "YJC01"}


def codes(unit, table):
    return [r["机构代码"] for r in table if r["区县"] == unit]


class Data:
    """Figures by organisation, from the files."""

    def __init__(self):
        self.quarter = {(r["机构代码"], r["季度"]): r for r in rows("exports/services-2017.csv", "gb18030", 2) if r["机构代码"] and r["季度"]}
        for r in rows("corrections.csv"):
            cell = self.quarter[r["organisation"], r["period"]]
            assert number(cell["总诊疗人次"]) == number(r["old"])
            cell["总诊疗人次"] = r["new"]
        self.before = {r["机构代码"]: r for r in rows("exports/services-2016.csv")}
        self.contract = {r["机构代码"]: r for r in rows("exports/contracts-2017.csv")}
        self.chronic = {(r["机构代码"], r["年度"]): r for r in rows("exports/chronic.csv")}
        self.work = {(r["机构代码"], r["截至月份"]): r for r in rows("exports/cooperation.csv")}
        self.county = {(r["考核对象"], r["项目"]): r for r in rows("exports/county.csv")}
        self.system = {NAMES[r["机构"]]: number(r["数值"]) for r in rows("exports/system-2017-12.csv")}

    def year(self, code, column):
        """The sum of the quarters that were reported."""
        found = [number(r[column]) for (c, _), r in self.quarter.items() if c == code]
        return sum(v for v in found if v is not None)


def points(unit, data, judged, task, ratios):
    hospitals, primary = codes(unit, HOSPITAL), codes(unit, PRIMARY)
    name = {"YJ-A": "示例江区", "YJ-B": "示例岸区", "YJ-C": "示例湾县", "YJ-D": "示例岭市"}[unit]
    county = lambda item, column="2017年": number(data.county[name, item][column])
    one = lambda criterion: judged[unit, criterion, ""]
    lacking = lambda criterion: sum(1 for (u, c, _), v in judged.items() if (u, c) == (unit, criterion) and v == "no")
    visits = lambda of: sum(data.year(c, "总诊疗人次") for c in of)

    yield "1.1", 8 * clamp(visits(primary) / visits(primary + hospitals) * 100 / 65)
    first = county("两周患病首选基层医疗机构的人数") / county("两周患病人数") * 100
    yield "1.2", max(F(0), 6 - max(F(0), 70 - first) * F("0.5"))
    stay = county("参保人员县域内就诊人次数") / county("参保人员全部就诊人次数") * 100
    yield "1.3", 8 * clamp((stay - 75) / 15)
    total = lambda column: sum(number(data.contract[c][column]) for c in primary)
    cover = total("签约人数") / (total("常住人口(万人)") * 10000) * 100
    yield "1.4", F(6 if cover >= 30 else 4 if cover >= 27 else 2 if cover >= 24 else 0)
    yield "1.5", 6 * clamp(total("重点人群签约人数") / total("重点人群数") * 100 / 60)
    linked = lambda of: F(sum(1 for c in of if data.system[c] == 1) * 100, len(of))
    yield "1.6", 4 * clamp(linked(hospitals) / 100)
    yield "1.7", 4 * clamp(linked(primary) / 80)

    tertiary = [r for r in HOSPITAL if r["区县"] == unit and r["级别"] == "三级" and r["办别"] == "公立"]
    yield "2.1", 4 * F(sum(1 for r in tertiary if r["参加医联体"] == "是"), len(tertiary)) if tertiary else "zero-denominator"
    yield "2.3", max(F(0), F(4 - months_late(one("2.3"), "2017-12-31"))) if unit != "YJ-A" else "not-applicable"
    yield "2.4", max(F(0), F(3 - months_late(one("2.4"), "2017-10-31")))
    yield "2.5", 3 - lacking("2.5") * F("1.5")
    yield "2.6", 4 * {"A": F(1), "B": F("0.6"), "C": F(0)}[one("2.6")]

    sent = lambda month: sum(number(data.work[c, month]["派驻基层主治及以上医师人天数"]) for c in hospitals) / len(primary)
    now, then = sent("2017年12月"), sent("2016年12月")
    yield "3.1", 5 * improve((now - then) / then * 100, 10)
    remote = sum(1 for c in primary if number(data.work[c, "2017年12月"]["远程会诊例数"]) > 0)
    yield "3.2", 4 * clamp((F(remote * 100, len(primary)) - 50) / 50)
    yield "3.3", max(F(0), 5 - max(F(0), sum(ratios.values()) / len(ratios) - ratios[unit]) * F("0.2"))
    experts = sorted(F(v) for (u, c, _), v in judged.items() if (u, c[:3]) == (unit, "3.4") and v != "recused")
    kept = experts[1:-1] if len(experts) >= 5 else experts
    yield "3.4", 3 * sum(kept) / len(kept) / 100
    new = sum(number(data.work[c, "2017年12月"]["新开展技术项目数"]) for c in primary)
    yield "3.5", 3 * clamp(new / task[unit])
    yield "3.6", 4 * clamp(F(one("3.6")) / 4)

    def rate(year):
        of = lambda column: sum(number(data.chronic[c, year][column]) for c in primary)
        done = of("按规范要求管理的高血压患者人数") + of("按规范要求管理的2型糖尿病患者人数")
        return done / (of("年内已管理高血压患者人数") + of("年内已管理2型糖尿病患者人数")) * 100

    yield "4.1", F(4) if rate("2017年") >= 80 else 4 * improve(rate("2017年") - rate("2016年"), 2)
    death = "公布的四类重大慢性病过早死亡率"
    yield "4.2", 2 * improve(county(death, "2016年") - county(death), None)
    lead, common = hospitals[0], "常见病、多发病和病情稳定的慢性病出院人数"
    was = number(data.before[lead][common]) / number(data.before[lead]["出院人次"]) * 100
    share = data.year(lead, common) / data.year(lead, "出院人数") * 100
    yield "4.3", 2 * improve(was - share, 2) if unit == "YJ-A" else "not-applicable"
    yield "4.4", 2 - lacking("4.4") * F("0.5")

    yield "5.1", F(2) if one("5.1") == "yes" else F(0)
    yield "5.2", 2 * clamp(F(one("5.2")) / 5)
    yield "5.3", 2 * {"A": F(1), "B": F("0.6"), "C": F(0)}[one("5.3")]


FULL = {"2.1": 4, "2.3": 4, "4.3": 2}


def main():
    data = Data()
    judged = {}
    for at, r in enumerate(r for r in rows("judgements.csv") if r["stage"] == "review"):
        criterion = f"3.4 {at}" if r["criterion"] == "3.4" else r["criterion"]
        judged[r["unit"], criterion, r["part"]] = r["value"]
    task = {r["unit"]: F(r["target"]) for r in rows("targets.csv")}    # the last round of a unit stands last
    ratios = {}
    for unit in UNITS:
        down = sum(data.year(c, "下转患者人次") for c in codes(unit, HOSPITAL))
        up = sum(data.year(c, "向上级医院转诊人次") for c in codes(unit, PRIMARY))
        ratios[unit] = F(down * 100) / up
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["unit", "criterion", "points"])
    for unit in UNITS:
        total, applicable = F(0), 100
        for criterion, exact in points(unit, data, judged, task, ratios):
            if isinstance(exact, str):
                applicable -= FULL[criterion]
                writer.writerow([unit, criterion, exact])
                continue
            total += half_up(exact)
            writer.writerow([unit, criterion, f"{float(half_up(exact)):.2f}"])
        writer.writerow([unit, "total", f"{float(half_up(total * 100 / applicable)):.2f}"])


if __name__ == "__main__":
    main()
