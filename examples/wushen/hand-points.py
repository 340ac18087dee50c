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
UNITS = {"WS-A": "示例甲旗医共体", "WS-B": "示例乙旗医共体", "WS-C": "示例丙旗医共体"}
GRADE = {"A": F(1), "B": F("0.6"), "C": F(0)}


def rows(name, encoding="utf-8-sig"):
    return list(csv.DictReader(io.StringIO((HERE / name).read_bytes().decode(encoding))))


def number(cell):
    cell = (cell or "").replace(",", "")
    return F(0) if cell in ("", "-", "—", "/") else F(cell)


def half_up(points):
    return F(floor(points * 100 + F(1, 2)), 100)


def clamp(share):
    return max(F(0), min(F(1), share))


def improve(change, rise):
    """Nothing for a fall, half for standing still, full points from `rise` on."""
    return F(0) if change < 0 else clamp(F(1, 2) + F(1, 2) * change / F(rise))


REGISTRY = [r for r in rows("organisations.csv") if r["角色"] != "考核对象"]
UNIT_OF = {r["机构代码"]: r["区县"] for r in REGISTRY}
PRIMARY = {r["机构代码"] for r in REGISTRY if r["级别"] == "基层"}
LATER = {r["机构代码"] for r in REGISTRY if r["开业时间"]}

# What the columns of the three services files mean, in the order they stand; 丙旗 counts visits in thousands.
COLUMNS = ["visits", "discharges", "down", "up", "out", "pathway"]
FILES = [("services-jia-2024.csv", "utf-8", 1), ("services-yi-2024.csv", "gb18030", 1), ("services-bing-2024.csv", "utf-8-sig", 1000)]


def services():
    """Sums of 2024 by organisation; a row that was sent twice counts once."""
    sums, seen = {}, set()
    for name, encoding, thousand in FILES:
        for r in rows(f"exports/{name}", encoding):
            cells = list(r.values())
            if cells[0] not in UNIT_OF or tuple(cells) in seen:    # a total, or a row sent twice
                continue
            seen.add(tuple(cells))
            for column, cell in zip(COLUMNS, cells[3:]):
                key = cells[0], column
                sums[key] = sums.get(key, F(0)) + number(cell) * (thousand if column == "visits" else 1)
    return sums


def totals(unit, only, table, column):
    """The sum of a column over the unit's organisations, primary ones or hospitals."""
    pick = {"all": lambda c: True, "primary": lambda c: c in PRIMARY, "hospital": lambda c: c not in PRIMARY}[only]
    return sum((v for (c, k), v in table.items() if k == column and UNIT_OF[c] == unit and pick(c)), F(0))


def by_year(name, column):
    """A table of (organisation, "year column") from a file with one row for each year."""
    return {(r["机构代码"], f"{r[column][:4]} {k}"): number(v) for r in rows(name) for k, v in r.items() if k[:2] not in ("机构", column)}


def points(unit, judged, new):
    year = services()
    visits = {(r["机构代码"], "visits"): number(r["总诊疗人次数"]) for r in rows("exports/services-2023.csv")}
    work = by_year("exports/cooperation.csv", "年度")
    health = by_year("exports/public-health.csv", "年末")
    money = {(r["机构代码"], k): number(v) for r in rows("exports/insurance-2024.csv") for k, v in r.items() if "万元" in k}
    people = {r["旗"]: r for r in rows("exports/satisfaction.csv")}[UNITS[unit]]
    branches = [c for c in PRIMARY if UNIT_OF[c] == unit]

    sent = {y: totals(unit, "hospital", work, f"{y} 派驻基层主治及以上医师人天数") for y in (2023, 2024)}
    # One branch opened in 2024: the year before there was one fewer.
    now, then = sent[2024] / len(branches), sent[2023] / len([c for c in branches if c not in LATER])
    weekly = totals(unit, "primary", work, "2024 专家下基层坐诊次数") * 7 / (len(branches) * 366)
    yield "1", 8 * improve((now - then) / then * 100, 10) + 6 * clamp(weekly)
    yield "1a", 8 * [F(1), F("0.8"), F("0.6")][sum(1 for other in new.values() if other > new[unit])]
    linked = sum(1 for c in branches if work[c, "2024 远程会诊例数"] > 0)
    yield "2", 6 * F(linked, len(branches))
    yield "2a", 6 * GRADE[judged[unit, "2a", ""]]

    share = totals(unit, "primary", year, "visits") / totals(unit, "all", year, "visits") * 100
    was = totals(unit, "primary", visits, "visits") / totals(unit, "all", visits, "visits") * 100
    yield "3", 12 * max(clamp(share / 65), improve(share - was, 2))
    two_way = totals(unit, "hospital", year, "down") / totals(unit, "primary", year, "up") * 100
    yield "4", 10 * clamp((two_way - 10) / 40)
    out = totals(unit, "all", year, "out") / totals(unit, "all", year, "visits") * 100
    yield "8", F(8 if out <= F("0.5") else 6 if out <= F("0.8") else 3 if out <= F("1.2") else 0)

    def chronic(y):
        of = lambda column: totals(unit, "primary", health, f"{y} {column}")
        done = of("按规范要求管理的高血压患者人数") + of("按规范要求管理的2型糖尿病患者人数")
        return done / (of("年内已管理高血压患者人数") + of("年内已管理2型糖尿病患者人数")) * 100

    first = F(1) if chronic(2024) >= 85 else improve(chronic(2024) - chronic(2023), 2)
    elderly = totals(unit, "primary", health, "2024 年内接受健康管理的65岁及以上人数") / totals(unit, "primary", health, "2024 65岁及以上常住居民数")
    yield "5", 8 * first + 6 * clamp(elderly * 100 / 70)
    pathway = totals(unit, "hospital", year, "pathway") / totals(unit, "hospital", year, "discharges") * 100
    yield "6", max(F(0), F(8 - ceil(max(F(0), 60 - pathway) / 5)))
    paid = totals(unit, "all", money, "住院医保基金支付金额(万元)") / totals(unit, "all", money, "住院总费用(万元)") * 100
    yield "7", 8 * clamp((paid - 50) / 20)
    yield "9", 6 * (F("0.6") + F("0.4") * clamp((number(people["2024年"]) - 75) / 20))

    for at in range(1, 7):
        yield f"u{at}", 5 * GRADE[judged[unit, f"u{at}", ""]]
    yield "u7", 6 * clamp(F(judged[unit, "u7", ""]) / 6)
    yield "u8", F(4 - sum(1 for (u, c, _), v in judged.items() if (u, c) == (unit, "u8") and v == "no"))


def main():
    judged = {(r["unit"], r["criterion"], r["part"]): r["value"] for r in rows("judgements.csv") if r["stage"] == "review"}
    work = by_year("exports/cooperation.csv", "年度")
    new = {unit: totals(unit, "primary", work, "2024 新开展技术项目数") for unit in UNITS}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["unit", "criterion", "points"])
    for unit in UNITS:
        total = F(0)
        for criterion, exact in points(unit, judged, new):
            # The sheet of unified management stands outside the total.
            total += F(0) if criterion.startswith("u") else half_up(exact)
            writer.writerow([unit, criterion, f"{float(half_up(exact)):.2f}"])
        writer.writerow([unit, "total", f"{float(total):.2f}"])


if __name__ == "__main__":
    main()
