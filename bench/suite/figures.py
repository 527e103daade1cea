"""The figures without noise, and the file in which they are committed: sorted, one a line."""
import concurrent.futures
import dataclasses
import json
import os
import shutil
from pathlib import Path

from suite import callgrind, counters, machine, measure, results
from suite.cases import M, Solve
from suite.programs import json_of, succeed
from suite.results import Problem

# Short enough for every change to be checked: a first plan and some search on each kind of instance.
SOLVES = (Solve("steppe", 30 * M), Solve("kazakhstan-2030", 200 * M), Solve("network-S", 40 * M),
          Solve("network-M", 120 * M), Solve("network-L", 8 * M), Solve("project-60", 20 * M),
          Solve("project-300", 20 * M))
OF_KERNELS = ("items", "lp_pivots", "bytes", "digest", "allocations")
OF_SOLVES = ("ticks", "rounds", "value", "bound", "makespan", "makespan_bound", "gap_percent", "moves", "placements",
             "boundaries_solved", "works_done")


@dataclasses.dataclass
class Difference:
    verdict: str
    name: str
    old: object
    new: object


def kernel_figures(build, folder):
    """One iteration of each, with allocations counted where the library for that is built."""
    path = Path(folder) / "kernels.json"
    preload = {"LD_PRELOAD": str(build.allocations)} if build.allocations.exists() else {}
    succeed([build.micro, "kernels", "--repetitions", 1, "--iterations", 1, "-o", path], folder,
            environment={"TMPDIR": str(folder), **preload})
    found = {}
    for entry in json_of(path)["benchmarks"]:
        if entry["run_type"] == "iteration":
            found |= {f"{entry['run_name']}/{name}": entry[name] for name in OF_KERNELS if name in entry}
    return found


def solve_figures(build, folder, case):
    """Values of one solve. It stops at counted work, so how busy the machine is does not matter."""
    folder = Path(folder) / case.name.replace("/", "-")
    bench = measure.Bench(build, folder, pin=False)
    bench.solve(case, 0, 1)
    entry = bench.entries[0]
    if entry.get("error_occurred"):
        raise Problem(f"{case.name}: {entry['error_message']}", 1)
    shutil.rmtree(folder)
    return {f"{case.name}/{name}": entry[name] for name in OF_SOLVES if name in entry}


def wanted(name, only):
    return name.startswith(only) or only.startswith(name)


def measure_instructions(build, folder, only):
    names = [n for n in callgrind.kernel_names(build) if wanted(n, only)]
    return {f"{name}/instructions": count for name, count in callgrind.instructions(build, names, folder).items()}


def measure_all(build, folder, only=""):
    """Tools and all figures; several solves at a time."""
    found = kernel_figures(build, folder)
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        cases = sorted((c for c in SOLVES if wanted(c.name, only)), key=lambda c: -c.ticks)
        for part in pool.map(lambda case: solve_figures(build, folder, case), cases):
            found |= part
    tools = machine.describe_tools(build.folder, build.solver)
    if tools["valgrind"]:
        found |= measure_instructions(build, folder, only)
    # What only some processors run is checked against the portable kernel, which all run.
    found = {n: v for n, v in found.items() if not n.startswith(callgrind.NEVER) and n.startswith(only)}
    return {name: tools[name] for name in machine.TOOLS}, found


def skipped_why(committed, tools):
    return "; ".join(machine.differences(committed, tools, machine.TOOLS))


def differences(old, new, only, tools_differ=False):
    """What is not the same; figures that only one side has are differences too."""
    found = []
    for name in sorted(set(old) | set(new)):
        counter = name.rpartition("/")[2]
        if not name.startswith(only) or tools_differ and counter in counters.OF_TOOLS:
            continue
        a, b = old.get(name), new.get(name)
        verdict = "missing" if b is None else "new" if a is None else counters.judge(counter, a, b)
        if verdict != "same":
            found.append(Difference(verdict, name, a, b))
    return found


def load(path):
    try:
        whole = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise Problem(f"{path}: no JSON: {error}") from error
    if not isinstance(whole, dict) or not {"tools", "reason", "figures"} <= set(whole):
        raise Problem(f'{path}: expected an object with "tools", "reason" and "figures", as bench/baseline writes it')
    unknown = [n for n in whole["figures"] if n.rpartition("/")[2] not in counters.COUNTERS]
    if unknown:
        raise Problem(f"{path}: {unknown[0]}: expected a name that ends in a known counter")
    return whole


def save(path, tools, reason, found):
    results.save_text(path, json.dumps({"figures": found, "reason": reason, "tools": tools}, indent=1,
                                       sort_keys=True) + "\n")
