#!/usr/bin/env python3
"""Works the points of a round out from the exports, targets and judgements alone, and prints them.

    python3 hand-points.py > hand-points.csv    # the year
    python3 hand-points.py 3                    # March
    python3 hand-points.py 1 2 3                # the first quarter

Formulas and thresholds are typed here again on purpose: nothing reads criteria.toml or a catalogue.
"""

import csv
import io
import sys
from fractions import Fraction as F
from math import floor
from pathlib import Path

HERE = Path(__file__).resolve().parent
GRADE = {"A": F(1), "B": F("0.6"), "C": F(0)}


def rows(name):
    return list(csv.DictReader(io.StringIO((HERE / name).read_bytes().decode("utf-8-sig"))))


def half_up(points):
    sign = -1 if points < 0 else 1
    return sign * F(floor(abs(points) * 100 + F(1, 2)), 100)


def points(code, months):
    """(criterion, exact points) of what is due in a round of these months."""
    monthly = [r for r in rows("exports/monthly-2022.csv") if r["机构代码"] == code and int(r["月份"][5:-1]) in months]
    total = lambda column: sum(F(r[column]) for r in monthly)
    target = {r["item"]: F(r["target"]) for r in rows("targets.csv") if r["unit"] == code}
    part = F(len(months), 12)
    share = lambda value, of: min(F(1), value / of)
    yield "1.1", 25 * share(total("当期体检老年人数"), target["elderly_examined"] * part)
    yield "1.2", 15 * share(total("慢性病随访次数"), target["follow_ups"] * part)
    yield "1.3", 5 * share(total("专家下社康坐诊次数"), 52 * part)
    yield "2.1", max(F(0), 20 - max(F(0), 95 - total("质控合格工序数") / total("质控抽查工序数") * 100))
    year = next(r for r in rows("exports/results-2022.csv") if r["机构代码"] == code)
    if len(months) == 12:
        yield "2.2", 10 * share(F(year["高血压规范管理人数"]) / F(year["高血压在管人数"]) * 100, 70)
        yield "2.3", 10 * share(F(year["老年人健康管理人数"]) / F(year["65岁及以上常住居民数"]) * 100, 75)
    if len(months) >= 3:
        satisfied = total("满意及以上的居民人数") / total("满意度调查居民人数") * 100
        yield "3.1", 10 * share(satisfied, target["resident_satisfied_share"])
    if len(months) == 12:
        yield "3.2", 5 * GRADE[next(r["value"] for r in rows("judgements.csv") if r["unit"] == code)]


def main():
    months = [int(month) for month in sys.argv[1:]] or list(range(1, 13))
    centres = rows("organisations.csv")
    scored = {r["机构代码"]: [(criterion, half_up(exact)) for criterion, exact in points(r["机构代码"], months)] for r in centres}
    own = {code: sum(value for _, value in scores) for code, scores in scored.items()}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["unit", "criterion", "points"])
    for r in centres:
        code = r["机构代码"]
        region = [own[other["机构代码"]] for other in centres if other["region"] == r["region"]]
        # 连坐: a fifth of the total is the mean of the region; the change is a row of its own, rounded once.
        joint = half_up((sum(region) / len(region) - own[code]) / 5)
        for criterion, value in scored[code]:
            writer.writerow([code, criterion, f"{float(value):.2f}"])
        writer.writerow([code, "total", f"{float(own[code] + joint):.2f}"])


if __name__ == "__main__":
    main()
