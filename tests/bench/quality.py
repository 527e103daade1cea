"""What the scripts in this folder share. GANGER is the harness here."""
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parent.parent / "cli"))
import harness
from harness import expect

quality = harness.ganger


def load(path):
    """A result: its context, instances by name and aggregates by set."""
    whole = json.loads(Path(path).read_text(encoding="utf-8"))
    expect(set(whole) == {"context", "benchmarks"}, set(whole))
    entries = whole["benchmarks"]
    for entry in entries:
        expect({"name", "run_name", "run_type", "real_time", "cpu_time", "time_unit"} <= set(entry), entry)
    instances = {e["name"]: e for e in entries if e["run_type"] == "iteration"}
    sets = {e["run_name"]: e for e in entries if e["run_type"] == "aggregate"}
    expect(len(instances) + len(sets) == len(entries), entries)
    return whole["context"], instances, sets


def write(path, values, best=100.0, options=None):
    """A made-up result: name -> makespan, None where there is no plan."""
    entries = []
    for name, value in values.items():
        entry = {"name": name, "run_name": name, "run_type": "iteration", "real_time": 1.0, "cpu_time": 1.0,
                 "time_unit": "s", "label": "feasible" if value else "limit", "best_known": best,
                 "critical_path": 50.0}
        entries.append(entry | ({"value": float(value)} if value else {}))
    text = json.dumps({"context": {"options": options or {}}, "benchmarks": entries})
    Path(path).write_text(text, encoding="utf-8")


def cells(table, first):
    """The cells of the row that begins with `first`."""
    rows = [line.split() for line in table.splitlines() if line.split()[:1] == [first]]
    expect(rows, f"no row {first}", table)
    return rows[0]
