#!/usr/bin/env python3
"""CP-SAT on an instance with freight replaced by what capacity is worth.

    bench/peers/npv_cpsat.py FILE.mps PACKED PRICES.h5 SECONDS WORKERS STARTS.csv

All rows of the exported programme that are about works are kept: one mode, gangs, windows, order, rails, segments, targets.
Freight is not: what a work in some mode and start gives and takes of its segment's capacity is worth, boundary by
boundary, the price that this capacity has in PRICES.h5, a plan of ganger's, and works on one segment are added up as if
each were alone. So CP-SAT optimises a guess; what its plan is really worth the referee says. Prints one JSON object.
"""
import json
import math
import sys
import time

import h5py
import highspy
import numpy as np
from ortools.sat.python import cp_model

from common import write_starts
from programme import ids_of, starts_of, step_of

MONEY = 1000  # units of the objective in a million USD
FINE = 1000   # units of a row that is not of whole numbers; of km too
KEPT = ("stays", "once", "gang", "window", "order", "rails", "laid", "segment", "target")


class Worth:
    """What capacity of segments is worth at each boundary, M USD for a Mt a year each way."""

    def __init__(self, packed, prices):
        file = h5py.File(packed)
        attributes = file.attrs
        self.periods = int(attributes["periods"])
        years = np.arange(self.periods + 1) * int(attributes["period_days"]) / 365.25
        rate, end = float(attributes["discount_rate"]), float(attributes["terminal_years"])
        weight = (1 + rate) ** -years * int(attributes["period_days"]) / 365.25
        after = (1 - (1 + rate) ** -end) / math.log(1 + rate) if rate > 0 else end
        weight[-1] = (1 + rate) ** -years[-1] * after
        with h5py.File(prices) as plan:
            price = plan["certificate/price_segment"]
            segment = price[()].astype(float).sum(axis=2) * float(np.asarray(price.attrs.get("scale_factor", 1)).item())
        self.worth = segment * weight[:, None]
        base, decay = file["segment/capacity"][()], file["segment/decay"][()]
        self.worn = np.maximum(file["segment/floor"][()], 1 - decay * years[:, None])
        self.base = base
        self.work = {name: file[f"work/{name}"][()] for name in ("segment", "gain", "renews", "calendar")}
        self.first_mode = np.searchsorted(file["mode/work"][()], np.arange(len(self.work["gain"])))
        self.factor = file["mode/factor"][()]
        self.duration = file["mode/duration"][()]
        self.working = self.calendars(file)

    def calendars(self, file):
        count = len(file["calendar_name/calendar_id"])
        productivity = np.full((count + 1, self.periods), 100)
        for c, low, high, value in zip(*(file[f"calendar/{name}"][()] for name in
                                         ("calendar", "from", "to", "productivity"))):
            productivity[c + 1, max(0, low):max(0, high)] = value
        return productivity

    def of(self, work, mode, start):
        """What work does for its segment if it starts then: after its finish, less what it takes until then."""
        q = self.work["segment"][work]
        if q < 0:
            return 0.0
        m = self.first_mode[work] + mode
        done = np.concatenate([[0], np.cumsum(self.working[self.work["calendar"][work] + 1])])
        finish = int(np.searchsorted(done, done[start] + 100 * self.duration[m]))
        active = self.working[self.work["calendar"][work] + 1][start:finish] > 0
        standing = self.base[q] * self.worn[:, q]
        taken = (self.worth[start:finish, q] * standing[start:finish] * (1 - self.factor[m]))[active].sum()
        given = np.full(self.periods + 1 - finish, float(self.work["gain"][work]))
        if self.work["renews"][work]:
            given += self.base[q] * (1 - self.worn[finish:, q])
        return float((self.worth[finish:, q] * given).sum() - taken)


def scaled(values, limit, equal):
    """A row in whole numbers; where it must be rounded, so that what keeps it keeps the row."""
    if all(float(v).is_integer() for v in values) and float(limit).is_integer():
        return [int(v) for v in values], int(limit)
    assert not equal
    return [math.ceil(v * FINE - 1e-6) for v in values], math.floor(limit * FINE + 1e-6)


class Model:
    def __init__(self, mps, worth):
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.readModel(mps)
        lp = highs.getLp()  # each look at a part of it copies the whole part
        self.names, self.row_names = list(lp.col_names_), list(lp.row_names_)
        self.cost = np.asarray(lp.col_cost_)
        self.lower, self.upper = np.asarray(lp.row_lower_), np.asarray(lp.row_upper_)
        matrix = lp.a_matrix_
        self.first, self.row, self.value = (np.asarray(part) for part in (matrix.start_, matrix.index_, matrix.value_))
        self.cp = cp_model.CpModel()
        self.columns = {}
        for c, name in enumerate(self.names):
            if name.startswith(("begun_", "laid_")):
                self.columns[c] = self.cp.new_bool_var(name)
            elif name.startswith("missing_"):
                self.columns[c] = self.cp.new_int_var(0, 10 ** 5 * FINE, name)
        self.add_rows()
        self.cp.minimize(sum(self.objective(worth)))

    def objective(self, worth):
        """Each step costs what its own start does, less what the next one's does, as in the programme."""
        begun = [(step_of(self.names[c]), c) for c in self.columns if self.names[c].startswith("begun_")]
        gain = {step: worth.of(*step) for step, _ in begun}
        for (step, c), (after, _) in zip(begun, begun[1:] + [((-1, -1, -1), -1)]):
            value = float(self.cost[c]) - gain[step] + (gain[after] if after[:2] == step[:2] else 0)
            yield round(MONEY * value) * self.columns[c]
        for c, variable in self.columns.items():
            if self.names[c].startswith("missing_"):
                yield round(MONEY * float(self.cost[c]) / FINE) * variable

    def add_rows(self):
        rows = {}
        for c in self.columns:
            for i in range(self.first[c], self.first[c + 1]):
                rows.setdefault(int(self.row[i]), []).append((c, float(self.value[i])))
        for r, entries in rows.items():
            if self.row_names[r].split("_")[0] in KEPT:
                self.add_row(entries, self.lower[r], self.upper[r])

    def add_row(self, entries, lower, upper):
        variables = [self.columns[c] for c, _ in entries]
        if any(self.names[c].startswith("missing_") for c, _ in entries):
            factors = [-1 if self.names[c].startswith("missing_") else round(v * FINE) for c, v in entries]
            self.cp.add(cp_model.LinearExpr.weighted_sum(variables, factors) <= round(upper * FINE))
            return
        factors, limit = scaled([v for _, v in entries], upper, lower == upper)
        expression = cp_model.LinearExpr.weighted_sum(variables, factors)
        self.cp.add(expression == limit if lower == upper else expression <= limit)


def main():
    mps, packed, prices, seconds, workers, starts = sys.argv[1:]
    begin = time.monotonic()
    model = Model(mps, Worth(packed, prices))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = int(workers)
    solver.parameters.max_time_in_seconds = max(1.0, float(seconds) - (time.monotonic() - begin))
    status = solver.solve(model.cp)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if found:
        pairs = ((model.names[c], solver.value(v)) for c, v in model.columns.items())
        write_starts(starts, starts_of(ids_of(mps), pairs))
    print(json.dumps({"status": solver.status_name(status), "guess": -solver.objective_value / MONEY if found else None,
                      "wall_s": time.monotonic() - begin}))


if __name__ == "__main__":
    main()
