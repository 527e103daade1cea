#!/usr/bin/env python3
"""ganger beside CP-SAT and HiGHS: the same instances, the same time, the same referee.

    python3 -m venv venv && venv/bin/pip install -r bench/peers/requirements.txt
    venv/bin/python bench/peers/run.py --ganger build/release/ganger --rcpsp FOLDER --out results

FOLDER has folders of classic files: j60, j120, mmlib50 ... and, if wanted, reference.csv with columns set, instance and
best_known, perhaps cpsat_lower_bound. --out gets results.json, one object a run, and results.md. Every answer is a plan that `ganger check` passes;
what has none has no value. Solvers run one after another, or with --together at the same time, which is fair where others
use the machine too and waits half as long.
"""
import argparse
import csv
import json
import math
import os
import subprocess
import sys
import threading
from pathlib import Path

from common import HERE, ROOT, context, judge, judge_starts, run

CUTS = {"kz-south-26w": ["--weeks", "26", "--box", "64", "35", "78", "46", "--targets", "0.5"],
        "kz-south-13w": ["--weeks", "13", "--box", "64", "35", "78", "46", "--targets", "0.5"],
        "kz-west-13w": ["--weeks", "13", "--box", "40", "35", "60", "60", "--targets", "0.5"],
        "kz-all-13w": ["--weeks", "13", "--targets", "0.5"]}


def finish(process):
    """The object that a process prints, and its processor time; the rest of what it prints is not for us."""
    text = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    begin = text.find("{")
    said = json.loads(text[begin:]) if begin >= 0 else {}
    return {**said, "cpu_s": used.ru_utime + used.ru_stime}


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        self.out = Path(arguments.out)
        self.work = self.out / "work"
        self.work.mkdir(parents=True, exist_ok=True)
        self.ganger = str(Path(arguments.ganger).resolve())
        self.runs = []

    def commands(self, tasks, seconds):
        """Runs {name: command}; returns what each printed, as JSON with its processor time, or {}."""
        printed = {}
        for group in [list(tasks)] if self.arguments.together else [[name] for name in tasks]:
            begun = {name: subprocess.Popen([str(part) for part in tasks[name]], stdout=subprocess.PIPE,
                                            stderr=subprocess.DEVNULL, text=True) for name in group}
            watch = threading.Timer(3 * seconds + 120, lambda own: [process.kill() for process in own],
                                    [list(begun.values())])
            watch.start()
            for name, process in begun.items():
                printed[name] = finish(process)
            watch.cancel()
        return printed

    def keep(self, **fields):
        fields = {key: None if isinstance(value, float) and not math.isfinite(value) else value
                  for key, value in fields.items()}
        self.runs.append(fields)
        print(json.dumps(fields), flush=True)
        self.write()

    def solve(self, instance, plan, seconds):
        return ["env", "OMP_WAIT_POLICY=passive", self.ganger, "solve", instance, "-o", plan, "--time-limit", seconds,
                "--threads", self.arguments.threads, "--seed", 0, "--quiet", "--json"]

    def judge(self, instance, plan):
        verdict = judge(self.ganger, instance, plan) if Path(plan).exists() else None
        return {"value": verdict["value"]} if verdict else {"value": None, "why": "no plan"}

    def makespan(self, path, seconds, best):
        name, base = path.stem, self.work / path.stem
        plan, packed, starts = f"{base}.h5", f"{base}-packed.h5", f"{base}.csv"
        for old in (plan, starts):
            Path(old).unlink(missing_ok=True)
        run(self.ganger, "pack", path, "-o", packed)
        printed = self.commands({
            "ganger": self.solve(path, plan, seconds),
            "CP-SAT": [sys.executable, HERE / "makespan_cpsat.py", packed, seconds, self.arguments.threads, starts]},
            seconds)
        # What ganger proves by search the referee cannot add up: its own word, as CP-SAT's is.
        own, said = printed["ganger"], printed["CP-SAT"]
        self.keep(kind="makespan", set=path.parent.name, instance=name, seconds=seconds, solver="ganger",
                  cpu_s=own["cpu_s"], bound=own.get("bound"), best_known=best, **self.judge(path, plan))
        self.keep(kind="makespan", set=path.parent.name, instance=name, seconds=seconds, solver="CP-SAT",
                  cpu_s=said["cpu_s"], bound=said.get("bound"), status=said.get("status"), best_known=best,
                  **judge_starts(self.ganger, path, starts, f"{base}-peer.h5"))

    def programme(self, name, seconds):
        instance, base = self.work / name, self.work / f"{name}-{seconds:g}s"
        mps, packed, prices, plan = f"{instance}.mps", f"{instance}-packed.h5", f"{base}-prices.h5", f"{base}.h5"
        starts = {solver: f"{base}-{solver}.csv" for solver in ("HiGHS", "CP-SAT")}
        for old in (plan, prices, *starts.values()):
            Path(old).unlink(missing_ok=True)
        run(HERE / "cut.py", ROOT / "instances" / "kazakhstan-2030", instance, *CUTS[name])
        run(self.ganger, "export", instance, "--format", "mps", "-o", mps)
        run(self.ganger, "pack", instance, "-o", packed)
        run(*self.solve(instance, prices, max(2, seconds / 10)), check=False)
        threads = self.arguments.threads
        tasks = {"ganger": self.solve(instance, plan, seconds),
                 "HiGHS": [sys.executable, HERE / "npv_highs.py", mps, seconds, threads, starts["HiGHS"]]}
        if Path(prices).exists():
            tasks["CP-SAT"] = [sys.executable, HERE / "npv_cpsat.py", mps, packed, prices, seconds, threads,
                               starts["CP-SAT"]]
        printed = self.commands(tasks, seconds)
        own = printed["ganger"]
        self.keep(kind="npv", set="kazakhstan", instance=name, seconds=seconds, solver="ganger", cpu_s=own["cpu_s"],
                  bound=own.get("bound"), **self.judge(instance, plan))
        for solver, table in starts.items():
            said = printed.get(solver, {"cpu_s": 0, "status": "no prices to go by"})
            size = {key: said.get(key) for key in ("rows", "columns", "entries", "nodes", "guess") if key in said}
            self.keep(kind="npv", set="kazakhstan", instance=name, seconds=seconds, solver=solver,
                      cpu_s=said["cpu_s"], bound=said.get("bound"), status=said.get("status"), own_value=said.get("value"), **size,
                      **judge_starts(self.ganger, instance, table, f"{base}-{solver}.h5"))

    def write(self):
        about = context(self.ganger)
        about["together"] = self.arguments.together
        (self.out / "results.json").write_text(json.dumps({"context": about, "runs": self.runs}, indent=1) + "\n")
        (self.out / "results.md").write_text(report(about, self.runs))


def cell(value, digits):
    return "-" if value is None or value != value else f"{value:,.{digits}f}"


def winner(rows, better):
    """The solver with the best value, and by how much it is better than the second."""
    valued = sorted((row for row in rows if row["value"] is not None), key=lambda row: better * row["value"])
    if not valued:
        return "none", None
    if len(valued) == 1:
        return valued[0]["solver"], None
    lead = abs(valued[0]["value"] - valued[1]["value"])
    return ("equal" if lead <= 1e-6 * (1 + abs(valued[0]["value"])) else valued[0]["solver"]), lead


def report(about, runs):
    lines = [f"{about['date']}, {about['processor']}, {about['cores']} cores, {about['system']}, load {about['load']:.1f}; "
             f"{about['ganger']}, OR-Tools {about['ortools']}, HiGHS {about['highs']}; solvers "
             f"{'at the same time' if about['together'] else 'one after another'}.", ""]
    groups = {}
    for row in runs:
        groups.setdefault((row["kind"], row["set"], row["instance"], row["seconds"]), []).append(row)
    for kind, better, digits in (("makespan", 1, 0), ("npv", -1, 1)):
        mine = {key: rows for key, rows in groups.items() if key[0] == kind}
        if not mine:
            continue
        solvers = ["ganger", "CP-SAT"] if kind == "makespan" else ["ganger", "HiGHS", "CP-SAT"]
        known = ["best known"] if kind == "makespan" else []
        head = ["instance", "s"] + [f"{s} {what}" for s in solvers for what in ("value", "bound", "cpu s")] + known + \
            ["better", "by"]
        lines += ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
        wins = {}
        for (_, set_name, name, seconds), rows in mine.items():
            by = {row["solver"]: row for row in rows}
            first, lead = winner(rows, better)
            wins[first] = wins.get(first, 0) + 1
            cells = [f"{set_name}/{name}", f"{seconds:g}"]
            for solver in solvers:
                row = by.get(solver, {})
                cells += [cell(row.get("value"), digits), cell(row.get("bound"), digits), cell(row.get("cpu_s"), 0)]
            cells += [cell(rows[0].get("best_known"), 0)] if known else []
            lines.append("| " + " | ".join(cells + [first, cell(lead, digits)]) + " |")
        lines += ["", f"{kind}: " + ", ".join(f"{solver} {count}" for solver, count in sorted(wins.items())), ""]
    return "\n".join(lines)


def known_best(folder):
    """(best known, is it known to be the least) by set and file."""
    path = Path(folder) / "reference.csv"
    if not path.exists():
        return {}
    with open(path, newline="", encoding="utf-8") as file:
        return {(row["set"], row["instance"]):
                (float(row["best_known"]), float(row.get("cpsat_lower_bound") or 0) >= float(row["best_known"]))
                for row in csv.DictReader(file)}


def chosen(arguments, set_name, best):
    """So many files of a set, evenly spread; with --hard only of those whose least makespan nobody has proven."""
    files = sorted(Path(arguments.rcpsp, set_name).iterdir())
    if arguments.hard:
        files = [path for path in files if not best.get((set_name, path.name), (0, False))[1]]
    count = min(arguments.count, len(files))
    return [files[(2 * i + 1) * len(files) // (2 * count)] for i in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ganger", default=str(ROOT / "build" / "release" / "ganger"))
    parser.add_argument("--rcpsp", help="folder of folders of classic files (none: no makespans)")
    parser.add_argument("--sets", nargs="*", default=["j60", "j120"])
    parser.add_argument("--count", type=int, default=6, help="instances of a set, evenly spread (6)")
    parser.add_argument("--hard", action="store_true",
                        help="only instances whose best makespan reference.csv's cpsat_lower_bound does not prove")
    parser.add_argument("--cuts", nargs="*", default=list(CUTS), choices=list(CUTS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--long", type=float, help="seconds of a second run of each cut")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--together", action="store_true")
    parser.add_argument("--out", required=True)
    bench = Bench(parser.parse_args())
    arguments = bench.arguments
    best = known_best(arguments.rcpsp) if arguments.rcpsp else {}
    for set_name in arguments.sets if arguments.rcpsp else []:
        for path in chosen(arguments, set_name, best):
            bench.makespan(path, arguments.seconds, best.get((set_name, path.name), (None, False))[0])
    for seconds in [arguments.seconds] + ([arguments.long] if arguments.long else []):
        for name in arguments.cuts:
            bench.programme(name, seconds)


if __name__ == "__main__":
    main()
