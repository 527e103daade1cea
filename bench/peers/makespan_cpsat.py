#!/usr/bin/env python3
"""CP-SAT on an instance of least makespan: interval variables, a cumulative for each renewable, sums for consumables.

    bench/peers/makespan_cpsat.py PACKED SECONDS WORKERS STARTS.csv

PACKED is what `ganger pack` makes of any classic file, so that nothing is read in two ways. Prints one JSON object.
"""
import json
import sys
import time

import h5py
from ortools.sat.python import cp_model

from common import write_starts


def column(file, table, name):
    values = file[f"{table}/{name}"][()]
    return [v.decode() if isinstance(v, bytes) else v.item() for v in values] if values.dtype == object else \
        values.tolist()


class Model:
    def __init__(self, path):
        self.file = h5py.File(path)
        self.cp = cp_model.CpModel()
        self.horizon = int(self.file.attrs["periods"])
        self.starts, self.ends, self.chosen, self.intervals = [], [], [], []
        self.add_works()
        self.add_order()
        self.add_resources()
        makespan = self.cp.new_int_var(0, self.horizon, "makespan")
        self.cp.add_max_equality(makespan, self.ends)
        self.cp.minimize(makespan)

    def get(self, table, name):
        return column(self.file, table, name)

    def add_works(self):
        self.mode_work, self.duration = self.get("mode", "work"), self.get("mode", "duration")
        earliest = self.get("work", "earliest")
        modes = [[] for _ in earliest]
        for m, w in enumerate(self.mode_work):
            modes[w].append(m)
        for w, own in enumerate(modes):
            self.starts.append(self.cp.new_int_var(earliest[w], self.horizon - 1, ""))
            self.ends.append(self.cp.new_int_var(0, self.horizon, ""))
            self.add_modes(w, own)

    def add_modes(self, w, own):
        if len(own) == 1:
            size = self.duration[own[0]]
            self.intervals.append(self.cp.new_interval_var(self.starts[w], size, self.ends[w], ""))
            self.chosen.append(None)
            return
        literals = []
        for m in own:
            literal = self.cp.new_bool_var("")
            self.intervals.append(self.cp.new_optional_interval_var(self.starts[w], self.duration[m], self.ends[w],
                                                                    literal, ""))
            self.chosen.append(literal)
            literals.append(literal)
        self.cp.add_exactly_one(literals)

    def add_order(self):
        rows = zip(*(self.get("precedence", name) for name in ("predecessor", "successor", "type", "lag")))
        for first, then, kind, lag in rows:
            self.cp.add(self.starts[then] >= (self.starts if kind else self.ends)[first] + lag)

    def add_resources(self):
        kind = self.get("resource", "kind")
        uses = [[] for _ in kind]
        for m, r, amount in zip(*(self.get("usage", name) for name in ("mode", "resource", "amount"))):
            uses[r].append((m, amount))
        for r, limit in zip(self.get("capacity", "resource"), self.get("capacity", "limit")):
            if kind[r] == 0:
                self.cp.add_cumulative([self.intervals[m] for m, _ in uses[r]], [a for _, a in uses[r]], int(limit))
            else:
                self.cp.add(sum(a * (1 if self.chosen[m] is None else self.chosen[m]) for m, a in uses[r]) <= int(limit))

    def rows(self, solver):
        ids, names = self.get("work", "work_id"), self.get("mode", "mode_id")
        for m, w in enumerate(self.mode_work):
            if self.chosen[m] is None or solver.value(self.chosen[m]):
                yield ids[w], names[m], solver.value(self.starts[w])


def main():
    packed, seconds, workers, starts = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    begin = time.monotonic()
    model = Model(packed)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds - (time.monotonic() - begin)
    status = solver.solve(model.cp)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if found:
        write_starts(starts, model.rows(solver))
    print(json.dumps({"status": solver.status_name(status), "value": solver.objective_value if found else None,
                      "bound": solver.best_objective_bound, "wall_s": time.monotonic() - begin}))


if __name__ == "__main__":
    main()
