"""What the runs of the peers share: the program, its referee, tables of starts, and who measured where."""
import csv
import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(*command, check=True, **options):
    """Runs a command to its end; what it prints is in the result."""
    # Waiting threads that spin would take from the other side what it is measured by.
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True, env=environment, **options)
    if check and done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stderr}")
    return done


def write_starts(path, rows):
    """rows: work_id, mode_id, start_period of what is done."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["work_id", "mode_id", "start_period"])
        writer.writerows(rows)


def judge(ganger, instance, plan):
    """The referee's word on a plan file, or None."""
    done = run(ganger, "check", instance, plan, "--json", check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def judge_starts(ganger, instance, table, plan):
    """The value of a table of starts by the referee, or why it has none."""
    if not Path(table).exists():
        return {"value": None, "why": "no plan"}
    done = run(ganger, "import", instance, table, "-o", plan, check=False)
    if done.returncode != 0:
        return {"value": None, "why": done.stderr.strip()}
    verdict = judge(ganger, instance, plan)
    return {"value": verdict["value"]} if verdict else {"value": None, "why": "refused"}


def processor():
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def system():
    for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.split("=", 1)[1].strip('"')
    return platform.platform()


def context(ganger):
    import highspy
    import ortools
    return {"date": date.today().isoformat(), "processor": processor(), "cores": len(os.sched_getaffinity(0)),
            "system": system(), "load": os.getloadavg()[0], "ganger": run(ganger, "--version").stdout.strip(),
            "ortools": ortools.__version__, "highs": highspy.Highs().version(), "command": " ".join(sys.argv)}
