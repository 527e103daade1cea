"""What the scripts in this folder share: running the program, and instances to run it on."""
import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

GANGER = os.environ["GANGER"]
SOURCE = Path(os.environ["GANGER_SOURCE"])
STEPPE = SOURCE / "instances" / "steppe"
KAZAKHSTAN = SOURCE / "instances" / "kazakhstan-2030"
# Ticks that a test can afford: enough for the search to begin.
FEW_TICKS = "200000"

OK, INTERNAL, USAGE, INPUT, INFEASIBLE, LIMIT, OUTPUT, KILLED = 0, 1, 2, 3, 4, 5, 7, 130


def expect(condition, *what):
    """Ends the test with what was found unless the condition holds."""
    if not condition:
        sys.exit("failed: " + "\n".join(str(part) for part in what))


def environment(**changes):
    """The environment without what would change the program's output; a value None removes."""
    result = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    for name, value in changes.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result


def ganger(*arguments, code=OK, **options):
    """Runs the program, expects an exit code (None: any), and returns what it printed."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("env", environment())
    options.setdefault("timeout", 600)  # finds what hangs; sanitizers on a busy machine are slow
    done = subprocess.run([GANGER, *map(str, arguments)], stdin=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, **options)
    expect(code is None or done.returncode == code, f"ganger {' '.join(map(str, arguments))}",
           f"exit code {done.returncode}, expected {code}", done.stderr)
    return done


def start(*arguments, **options):
    """Starts the program and returns at once."""
    return subprocess.Popen([GANGER, *map(str, arguments)], stdin=subprocess.DEVNULL,
                            stdout=options.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE,
                            env=environment(), text=True, **options)


def fresh(name):
    """An empty folder of that name in the current one."""
    shutil.rmtree(name, ignore_errors=True)
    os.mkdir(name)
    return Path(name)


def copy_instance(source, name):
    """A copy of an instance that a test may change."""
    shutil.rmtree(name, ignore_errors=True)
    shutil.copytree(source, name)
    return Path(name)


def edit_table(instance, table, change):
    """Rewrites a table: change(row number from 0, row as dict) edits rows in place."""
    path = Path(instance) / table
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    for number, row in enumerate(rows):
        change(number, row)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, reader.fieldnames)
        writer.writeheader()
        writer.writerows(rows)


def wait_for_plan(process):
    """Reads the log of a running solve until its first plan; returns what was read."""
    read = ""
    for line in process.stderr:
        read += line
        if re.match(r"  [CS] ", line):
            return read
    sys.exit(f"failed: the solve ended before it had a plan\n{read}")


def datasets(path):
    """Every dataset and attribute of an HDF5 file: name -> bytes."""
    import h5py

    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            found[name] = repr(item[()].tolist())
        for key, value in item.attrs.items():
            if key not in ("DIMENSION_LIST", "REFERENCE_LIST"):
                found[f"{name}@{key}"] = repr(value)

    with h5py.File(path) as file:
        visit("", file)
        file.visititems(visit)
    return found


def expect_same(path, other):
    """Expects two files to be equal byte by byte, or says what differs."""
    if Path(path).read_bytes() == Path(other).read_bytes():
        return
    a, b = datasets(path), datasets(other)
    differ = [name for name in sorted({*a, *b}) if a.get(name) != b.get(name)]
    expect(False, f"{path} and {other} differ", *differ)
