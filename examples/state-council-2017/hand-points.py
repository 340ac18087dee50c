#!/usr/bin/env python3
"""Works every criterion's points out from the exports and judgements alone, and prints them.

    python3 hand-points.py > hand-points.csv

Formulas and thresholds are typed here again on purpose: nothing reads criteria.toml or a catalogue.
"""

import csv
import io
import sys
from fractions import Fraction as F
from math import ceil, floor
from pathlib import Path

HERE = Path(__file__).resolve().parent
UNITS = ("SC-A", "SC-B", "SC-C")
GRADE = {"A": F(1), "B": F("0.6"), "C": F(0)}
GROUPS = ["elderly", "pregnant", "children", "disabled", "hypertension", "diabetes", "poor"]


def text(name, encoding="utf-8-sig"):
    return (HERE / name).read_bytes().decode(encoding)


def rows(name):
    return list(csv.DictReader(io.StringIO(text(name))))


def number(cell):
    return F((cell or "0").replace(",", ""))


def half_up(points):
    return F(floor(points * 100 + F(1, 2)), 100)


def clamp(share):
    return max(F(0), min(F(1), share))


def improve(change, rise):
    """Nothing for a fall, half for standing still, full points from `rise` on."""
    return F(0) if change < 0 else clamp(F(1, 2) + F(1, 2) * change / F(rise))


REGISTRY = [r for r in rows("organisations.csv") if r["角色"] != "考核对象"]
UNIT_OF = {r["机构代码"]: r["医联体"] for r in REGISTRY}
PRIMARY = {r["机构代码"] for r in REGISTRY if r["级别"] == "基层"}
CARE = {r["机构代码"] for r in REGISTRY if r["类别"] in ("康复医院", "护理院")}


def lead_form(unit):
    """Label: (2016, 2017) of the lead hospital's form."""
    code = f"SC{unit[-1]}01"
    table = list(csv.reader(io.StringIO(text(f"exports/lead/{code}.csv", "gb18030" if unit == "SC-B" else "utf-8"))))
    return {row[0]: (number(row[2]), number(row[3])) for row in table[4:-1]}


def contracts():
    """(unit, year, group): persons and contracts, from pairs of columns."""
    sums = {}
    for row in list(csv.reader(io.StringIO(text("exports/contracts.csv"))))[3:]:
        for at, group in enumerate(GROUPS):
            key = UNIT_OF[row[0]], row[2][:4], group
            persons, signed = sums.get(key, (F(0), F(0)))
            sums[key] = persons + number(row[3 + 2 * at]), signed + number(row[4 + 2 * at])
    return sums


def points(unit, judged):
    one = lambda criterion: judged[unit, criterion, ""]
    lacking = lambda criterion: sum(1 for (u, c, _), v in judged.items() if (u, c) == (unit, criterion) and v == "no")
    form, signed, activity = lead_form(unit), contracts(), rows("exports/activity.csv")

    def total(column, year="2017年"):
        return sum(number(r[column]) for r in activity if UNIT_OF[r["机构代码"]] == unit and r["年度"] == year)

    cover = lambda group, year="2017": signed[unit, year, group][1] / signed[unit, year, group][0] * 100
    share = lambda label, of, at: form[label][at] / form[of][at] * 100

    yield "1.1", F(6 - 3 * lacking("1.1"))
    yield "1.2", 6 * GRADE[one("1.2")]
    if unit == "SC-A":
        common = "常见病、多发病和病情稳定的慢性病出院人数"
        yield "2.1", 8 * improve(share(common, "出院人数", 0) - share(common, "出院人数", 1), 2)
        yield "2.2", None
    else:
        yield "2.1", None
        now, was = (share("三四级手术台次数", "住院手术台次数", at) for at in (1, 0))
        yield "2.2", F(8) if now >= 60 else 8 * improve(now - was, 3)
    now, was = total("接续性医疗服务人次"), total("接续性医疗服务人次", "2016年")
    yield "2.3", 8 * improve((now - was) / was * 100, 10)

    yield "3.1", max(F(0), F(10 - ceil(100 - cover("poor"))))
    yield "3.2", sum(2 * clamp(cover(group) / 60) for group in GROUPS[:4])
    yield "3.3", F(sum(2 for group in ("hypertension", "diabetes") if cover(group) > cover(group, "2016")))
    yield "3.4", max(F(0), 3 - F("0.5") * total("超过2个月用药量的长处方数"))
    yield "3.5", F(3 - lacking("3.5"))

    now, was = share("住院下转人次数", "出院人数", 1), share("住院下转人次数", "出院人数", 0)
    few = form["住院下转人次数"][0] < 30
    yield "4.1", 8 * (clamp(now / 2) if few else improve(now - was, "0.5"))
    yield "4.2", 4 * clamp(total("已结案转诊数") / total("转诊单总数") * 100 / 95)
    yield "4.3", F(one("4.3"))

    branches = [c for c in PRIMARY if UNIT_OF[c] == unit]
    yield "5.1", 5 * clamp(total("派驻基层主治及以上医师人天数") / len(branches) / 120)
    yield "5.2", 4 * clamp(F(one("5.2")) / 5)
    yield "5.3", F(4 - lacking("5.3"))
    linked = sum(1 for r in activity if r["机构代码"] in branches and r["年度"] == "2017年" and number(r["远程会诊人次"]) > 0)
    yield "5.4", 3 * F(linked, len(branches))
    yield "5.5", 2 * clamp(F(one("5.5")) / 4)
    rate = lambda y: total("检查检验互认次数", y) / (total("检查检验报告份数", y) + total("检查检验互认次数", y)) * 100
    yield "5.6", F(2) if rate("2017年") >= 40 else 2 * improve(rate("2017年") - rate("2016年"), 2)

    # 均须书面材料: without evidence a judgement earns nothing.
    yield "6.1", F(4) if one("6.1") == "yes" and judged[unit, "6.1 evidence", ""] else F(0)
    yield "6.2", 4 * GRADE[one("6.2")]


def bonus(unit, judged):
    """Council 1; rehabilitation and nursing members 1 each, 2 at most; prescriptions and delivery 1.5 at most; 4 in all."""
    yes = lambda part: judged.get((unit, "council" if part == "理事会" else "extended", part)) == "yes"
    members = min(2, sum(1 for c in CARE if UNIT_OF[c] == unit))
    return min(F(4), yes("理事会") + members + min(F("1.5"), F(yes("延伸处方") + yes("集中配送"))))


def main():
    judged = {}
    for r in rows("judgements.csv"):
        if r["stage"] == "review":
            judged[r["unit"], r["criterion"], r["part"]] = r["value"]
            judged[r["unit"], r["criterion"] + " evidence", r["part"]] = r["evidence"]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["unit", "criterion", "points"])
    for unit in UNITS:
        total = bonus(unit, judged)
        for criterion, exact in points(unit, judged):
            if exact is None:    # not on the sheet of this class
                writer.writerow([unit, criterion, "not-applicable"])
                continue
            total += half_up(exact)
            writer.writerow([unit, criterion, f"{float(half_up(exact)):.2f}"])
        writer.writerow([unit, "total", f"{float(total):.2f}"])


if __name__ == "__main__":
    main()
