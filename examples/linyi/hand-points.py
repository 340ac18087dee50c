#!/usr/bin/env python3
"""Scores hand-check.csv and judgements.csv by criteria.toml's rules, written out by hand, and prints the points.

    python3 hand-points.py > hand-points.csv

The thresholds are typed here again on purpose: nothing reads criteria.toml. Rules: SEMANTICS.md P4 to P9.
"""

import csv
import sys
from fractions import Fraction as F
from math import floor
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEANS = {"lead_length_of_stay", "outpatient_satisfaction", "inpatient_satisfaction", "contracted_per_team", "bed_turnover"}
SHARE = {"A": F(1), "B": F(6, 10), "C": F(0)}


def read(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clamp(share):
    return max(F(0), min(F(1), share))


def linear(value, zero, full, base="0"):
    return F(base) + (1 - F(base)) * clamp((value - F(zero)) / (F(full) - F(zero)))


def ratio(value, target):
    return clamp(value / F(target))


def improve(change, rise, flat, least="0"):
    if abs(change) < F(least):
        change = F(0)
    if change < 0:
        return F(0)
    return F(1) if change >= F(rise) else F(flat) + (1 - F(flat)) * change / F(rise)


def half_up(points):
    return F(floor(points * 100 + F(1, 2)), 100)


def points(unit, value, judged):
    v = lambda name, window="2025": value[unit, name, window]
    change = lambda name: v(name) - v(name, "2024")
    j = lambda criterion: judged[unit, criterion]

    yield "1.1", 3 * ratio(v("secondary_general_members"), 2)
    yield "1.2", F(4) if j("1.2") == "yes" else F(0)
    yield "1.3", 4 * ratio(v("telemedicine_member_coverage"), 100)
    yield "1.4", 4 * clamp(F(j("1.4")) / 5)

    down = "downward_referral_rate_inpatient"
    yield "2.1", 5 * linear(v(down), "0.3", "2.0") + 3 * improve(change(down), "0.2", "0.5")
    primary = "primary_visit_rate_group"
    yield "2.2", 8 * max(ratio(v(primary), 60), improve(change(primary), "1.0", "0.5"))
    yield "2.3", 5 * ratio(v("outpatient_slots_to_primary"), 20)
    yield "2.4", 4 * ratio(v("inpatient_beds_to_primary"), 20)

    yield "3.1", 4 * linear(v("lead_length_of_stay"), 10, 8)
    yield "3.2", 4 * linear(v("lead_level34_surgery_share"), 40, 60)
    occupancy = v("bed_occupancy")
    outside = max(F(85) - occupancy, occupancy - 93, F(0))
    yield "3.3", max(F(0), 3 - outside * F("0.5"))
    coverage = v("contract_coverage")
    yield "3.4", F(next((got for least, got in ((45, 4), (40, 3), (35, 2), (30, 1)) if coverage >= least), 0))
    yield "3.5", 3 * linear(v("key_group_contract_coverage"), 60, 85, "0.6")
    yield "3.6", max(F(0), 4 - F("0.4") * max(F(0), 75 - v("hypertension_standard_rate")))
    yield "3.7", max(F(0), 3 - min(F(2), F("0.5") * floor(max(F(0), 72 - v("diabetes_standard_rate")) / 2)))

    yield "4.1", 4 * linear(v("service_income_share"), 22, 34)
    yield "4.2", 3 * ratio(v("staff_expense_share"), 45)
    yield "4.3", 3 * improve(change("result_recognition_rate"), 5, "0.5", "0.1")
    yield "4.4", 5 * SHARE[j("4.4")]

    yield "5.1", F(3) if j("5.1") == "yes" else F(0)
    yield "5.2", 4 * SHARE[j("5.2")]
    yield "5.3", F(j("5.3"))

    yield "6.1", 4 * linear(v("outpatient_satisfaction"), 75, 90, "0.6")
    inpatient = v("inpatient_satisfaction")
    yield "6.2", F(next((got for least, got in ((90, 3), (85, 2), (80, 1)) if inpatient >= least), 0))
    yield "6.3", 3 * improve(change("resident_satisfaction"), 2, "0.6")


def tasks(unit, value, judged, lacking, experts):
    """The sheet of tasks, outside the total."""
    v = lambda name, window="2025": value[unit, name, window]
    rose = lambda name: F(1) if v(name) > v(name, "2024") else F(0)
    j = lambda criterion: judged[unit, criterion]

    yield "7.1", 4 * rose("downward_referral_rate_inpatient")
    yield "7.2", 4 * rose("primary_visit_rate_group")
    yield "7.3", F(3) if j("7.3") == "yes" else F(0)
    yield "7.5", 3 - late(j("7.5"), "2024-09-30")
    yield "7.6", 3 - late(j("7.6"), "2024-12-31")
    yield "7.7", 3 - F("0.5") * late(j("7.7"), "2024-12-31")
    yield "7.8", F(4 - lacking[unit, "7.8"])
    yield "7.9", 3 * clamp(F(j("7.9")) / 6)
    yield "7.10", F(4 - lacking[unit, "7.10"])
    yield "7.11", F(4 - lacking[unit, "7.11"])
    repeated = v("repeat_registration_total")
    yield "7.12", F(2 if repeated == 0 else 1 if repeated <= 100 else 0)
    yield "7.13", F(3 - lacking[unit, "7.13"])
    yield "7.14", 3 * clamp(F(j("7.14")) / 3)
    yield "7.16", 3 * ratio(v("mixed_team_share"), 80)
    yield "7.17", F(2) if j("7.17") == "yes" else F(0)
    yield "7.18", 3 * SHARE[j("7.18")]
    yield "7.19", 4 * ratio(v("tcm_rounds_coverage"), 100)
    yield "7.20", F(4 - lacking[unit, "7.20"])
    common = "hospital_common_disease_share"
    yield "7.21", F(4) if v(common) < v(common, "2024") else F(0)
    kept = sorted(experts[unit])[1:-1]
    yield "7.22", 5 * sum(kept) / len(kept) / 100
    yield "7.23", F(2) if j("7.23") == "yes" else F(0)


def late(done, due):
    """Months begun after a due date that is the last of its month."""
    (year, month, _), (due_year, due_month, _) = (map(int, day.split("-")) for day in (done, due))
    return F(max(0, (year - due_year) * 12 + month - due_month))


def main():
    value = {}
    for row in read("hand-check.csv"):
        factor = 1 if not row["denominator"] or row["indicator"] in MEANS else 100
        value[row["unit"], row["indicator"], row["window"]] = F(row["numerator"]) * factor / F(row["denominator"] or 1)
    judged, lacking, experts = {}, {}, {}
    for row in read("judgements.csv"):
        key = row["unit"], row["criterion"]
        if row["stage"] == "review":
            judged[key] = row["value"]
            lacking[key] = lacking.get(key, 0) + (row["value"] == "no")
            if row["criterion"] == "7.22":
                experts.setdefault(row["unit"], []).append(F(row["value"]))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["unit", "criterion", "points"])
    for unit in ("LY-A", "LY-B"):
        total = F(0)
        for criterion, exact in points(unit, value, judged):
            rounded = half_up(exact)
            total += rounded
            writer.writerow([unit, criterion, f"{float(rounded):.2f}"])
        for criterion, exact in tasks(unit, value, judged, lacking, experts):
            writer.writerow([unit, criterion, f"{float(half_up(exact)):.2f}"])
        writer.writerow([unit, "total", f"{float(total):.2f}"])


if __name__ == "__main__":
    main()
