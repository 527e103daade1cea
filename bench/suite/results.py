"""Result files: Google Benchmark's JSON, "context" and "benchmarks"."""
import json
import os
import sys
import tempfile
from pathlib import Path

from suite import stats


class Problem(Exception):
    """Ends the program with a message and an exit code, those of ganger."""
    USAGE, INPUT, OUTPUT = 2, 3, 7

    def __init__(self, message, code=INPUT):
        super().__init__(message)
        self.code = code


def main_of(program):
    """Runs a script's main function; what goes wrong becomes a message."""
    try:
        sys.exit(program())
    except Problem as problem:
        print(f"{Path(sys.argv[0]).name}: error: {problem}", file=sys.stderr)
        sys.exit(problem.code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Problem.OUTPUT)
    except KeyboardInterrupt:
        sys.exit(130)


def save_text(path, text):
    """Aside, synced, renamed."""
    path = Path(path)
    try:
        handle, aside = tempfile.mkstemp(prefix=path.name + ".", dir=path.parent)
    except OSError as error:
        raise Problem(f"{path}: could not be written: {error.strerror}", Problem.OUTPUT) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(aside, 0o666 & ~mask)
        os.replace(aside, path)
    except OSError as error:
        os.unlink(aside)
        raise Problem(f"{path}: could not be written: {error.strerror}", Problem.OUTPUT) from error


def load(path):
    """A result file; refused if it is none."""
    try:
        whole = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise Problem(f"{path}: no JSON: {error}") from error
    entries = whole.get("benchmarks") if isinstance(whole, dict) else None
    if not isinstance(entries, list) or not isinstance(whole.get("context"), dict):
        raise Problem(f'{path}: expected an object with "context" and "benchmarks", as bench/run writes it')
    for number, entry in enumerate(entries):
        missing = {"run_name", "run_type", "real_time", "cpu_time", "time_unit"} - set(entry)
        if missing:
            raise Problem(f"{path}: benchmarks[{number}]: expected {', '.join(sorted(missing))}")
    return whole


def save(path, context, entries):
    save_text(path, json.dumps({"context": context, "benchmarks": entries}, indent=1) + "\n")


def by_name(whole):
    """Repetitions of each benchmark, in order: run_name -> entries."""
    found = {}
    for entry in whole["benchmarks"]:
        if entry["run_type"] == "iteration":
            found.setdefault(entry["run_name"], []).append(entry)
    return found


def aggregates(entries):
    """Medians and spreads of the repetitions of one benchmark."""
    first, found = entries[0], []
    times = {key: [e[key] for e in entries] for key in ("real_time", "cpu_time", "cpu_time_least")
             if all(key in e for e in entries)}
    measures = (("median", stats.median, "time"), ("mad", stats.mad, "time"),
                ("quartile1", lambda v: stats.quantile(v, 0.25), "time"),
                ("quartile3", lambda v: stats.quantile(v, 0.75), "time"))
    for name, measure, unit in measures:
        found.append({"name": f"{first['run_name']}_{name}", "run_name": first["run_name"], "run_type": "aggregate",
                      "aggregate_name": name, "aggregate_unit": unit, "repetitions": len(entries),
                      "threads": first.get("threads", 1), "time_unit": first["time_unit"],
                      **{key: measure(values) for key, values in times.items()}})
    return found
