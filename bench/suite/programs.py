"""Running the programs of a build: pinned, timed, in a folder of its own."""
import json
import os
import subprocess
import sys
from pathlib import Path

from suite.results import Problem

LAUNCH = Path(__file__).with_name("launch.py")


class Build:
    """A build folder: its programs."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.solver = self.folder / "ganger"
        self.micro = self.folder / "ganger-micro"
        self.allocations = self.folder / "ganger-allocations.so"
        for program in (self.solver, self.micro):
            if not os.access(program, os.X_OK):
                raise Problem(f"{program}: expected a program: cmake --preset release && cmake --build --preset "
                              "release", Problem.USAGE)


def processors(threads, pin):
    """The processors to run on: the last ones, since the first serve most interrupts. None: any."""
    allowed = sorted(os.sched_getaffinity(0))
    return set(allowed[-threads:]) if pin and threads <= len(allowed) else None


class Done:
    """How a program ended, and what it took: seconds, and kB."""

    def __init__(self, out, error, code, wall_s, cpu_s, max_rss_kb):
        self.out, self.error, self.code = out, error, code
        self.wall_s, self.cpu_s, self.max_rss_kb = wall_s, cpu_s, max_rss_kb


def execute(command, cwd, cpus=None, environment=None, alone=False):
    """Runs a program to its end, with the environment added to ours, or alone. Its output goes to files, so that nothing
    waits for us to read."""
    out, err = Path(cwd) / "out", Path(cwd) / "err"
    job = {"command": [str(c) for c in command], "cpus": sorted(cpus or ()), "out": str(out), "err": str(err),
           "environment": {**({} if alone else os.environ), **(environment or {})}}
    launched = subprocess.run([sys.executable, "-I", "-S", LAUNCH], cwd=cwd, input=json.dumps(job), capture_output=True,
                              text=True, check=False)
    if launched.returncode != 0:
        raise Problem(f"{command[0]}: could not be started: {launched.stderr.strip().splitlines()[-1]}", 1)
    return Done(*(path.read_text(encoding="utf-8", errors="replace") for path in (out, err)),
                **json.loads(launched.stdout))


def succeed(command, cwd, **options):
    done = execute(command, cwd, **options)
    if done.code != 0:
        line = " ".join(str(c) for c in command)
        raise Problem(f"{line}: exit code {done.code}: {done.error.strip()[-400:]}", 1)
    return done


def json_of(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))
