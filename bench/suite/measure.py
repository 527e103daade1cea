"""Measures benchmarks: kernels, solves, and steps on many works. Each measurement is an entry of a result."""
import hashlib
import math
from pathlib import Path

from suite import cases, instances, programs, stats
from suite.results import Problem


def entry_of(name, threads, index, total):
    return {"name": name, "run_name": name, "run_type": "iteration", "repetitions": total, "repetition_index": index,
            "threads": threads, "iterations": 1}


def trace_of(path):
    """Rows (ticks, value, bound) of a plan file; None where unknown. At most 200: where value or bound changes."""
    try:
        import h5py
    except ImportError as error:
        raise Problem("python3-h5py is missing: scripts/install_dependencies test", 1) from error
    with h5py.File(path) as file:
        group = file["trace"]
        rows = zip(*(group[name][:].tolist() for name in ("ticks", "value", "bound")))
        trace = [[int(t), *(None if math.isnan(x) else x for x in row)] for t, *row in rows]
    steps = max(1, len(trace) // 200)
    kept = [row for i, row in enumerate(trace)
            if i == 0 or i == len(trace) - 1 or row[1] != trace[i - 1][1] or i % steps == 0]
    return kept


def digest_of(path):
    """Of a file's bytes, as far as doubles hold integers."""
    return int(hashlib.sha256(Path(path).read_bytes()).hexdigest()[:13], 16)


def timed(entry, done):
    return entry | {"real_time": done.wall_s, "cpu_time": done.cpu_s, "time_unit": "s", "max_rss_kb": done.max_rss_kb}


class Bench:
    """A build to be measured, with a folder to work in."""

    def __init__(self, build, folder, pin):
        self.build, self.folder, self.pin = build, Path(folder), pin
        self.folder.mkdir(exist_ok=True)
        self.store = instances.Store(self.folder, build)
        self.entries = []

    def execute(self, command, threads, **options):
        return programs.execute(command, self.folder, cpus=programs.processors(threads, self.pin), **options)

    def kernels(self, suite, index):
        """One round of all kernels, in a process of its own: where memory lies is drawn anew."""
        path = self.folder / "kernels.json"
        command = [self.build.micro, "kernels", "--repetitions", 1, "--seconds", suite.seconds, "-o", path]
        done = self.execute(command + (["--only", suite.kernels] if suite.kernels else []), 1,
                            environment={"TMPDIR": str(self.folder)})
        if done.code != 0:
            raise Problem(f"{self.build.micro}: exit code {done.code}: {done.error.strip()}", 1)
        for entry in programs.json_of(path)["benchmarks"]:
            if entry["run_type"] == "iteration":
                self.entries.append(entry | {"repetitions": suite.rounds, "repetition_index": index})

    def solve(self, case, index, total):
        plan = self.folder / "plan.h5"
        plan.unlink(missing_ok=True)
        done = self.execute([self.build.solver, "solve", self.store.path(case.instance), "-o", plan, "--ticks",
                             case.ticks, "--pace", case.ticks, "--threads", case.threads, "--seed", case.seed, "--json",
                             "--quiet", "--statistics"], case.threads)
        entry = timed(entry_of(case.name, case.threads, index, total), done)
        (self.folder / "summary.json").write_text(done.out, encoding="utf-8")
        if done.code != 0:
            entry |= {"error_occurred": True, "error_message": f"exit code {done.code}: {done.error.strip()[-400:]}"}
        else:
            entry |= solve_counters(programs.json_of(self.folder / "summary.json"), trace_of(plan), case)
            entry["digest"] = digest_of(plan)
            if index > 0:
                entry.pop("trace")
        self.entries.append(entry)

    def step(self, case, index, total):
        """One of generate, pack, load, plan on a made-up network."""
        out, made = self.folder / "step.h5", None
        out.unlink(missing_ok=True)
        if case.step != "generate":
            made = self.store.path(f"network-{case.works}")
        command = {"generate": ["generate", "-o", out, "--works", case.works, "--seed", instances.SEED],
                   "pack": ["pack", made, "-o", out], "load": ["info", made],
                   "plan": ["solve", made, "-o", out, "--ticks", 1, "--threads", 1, "--quiet"]}[case.step]
        done = self.execute([self.build.solver, *command], 1)
        entry = timed(entry_of(case.name, 1, index, total), done) | {"items": case.works}
        if done.code != 0:
            entry |= {"error_occurred": True, "error_message": f"exit code {done.code}: {done.error.strip()[-400:]}"}
        elif out.exists():
            entry["bytes"] = out.stat().st_size
        self.entries.append(entry)


def solve_counters(summary, trace, case):
    """What a solve without a time limit says that depends on nothing but the program."""
    found = {"label": summary["status"], "ticks": summary["ticks"], "rounds": summary["rounds"],
             "works_done": summary["works_done"], "trace": trace}
    made_of_jobs = case.instance.startswith("project-")
    names = ("makespan", "makespan_bound") if made_of_jobs else ("value", "bound")
    for name, key in zip((*names, "gap_percent"), ("value", "bound", "gap_percent")):
        if summary[key] is not None:
            found[name] = summary[key]
    best = cases.BEST_KNOWN.get(case.instance)
    if best is not None:
        found["primal_integral"] = stats.primal_integral(trace, best, summary["ticks"])
    if not made_of_jobs:
        found["cost"] = summary["terms"]["cost"]
    statistics = summary.get("statistics")
    if statistics:
        found |= {"moves": sum(t["judged"] for t in statistics["techniques"]),
                  "placements": statistics["placements"], "boundaries_solved": statistics["solved"]}
    return found
