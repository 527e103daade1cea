"""Counts instructions with valgrind, and allocations with a library of ours loaded first.

Neither depends on how busy the machine is. What depends on the processor is turned off as far as that goes: valgrind knows
no AVX-512, and the C library is told to choose its functions as on a plain processor. So kernels written for one set of
instructions by hand are counted as such, and all others as portable code.
"""
import concurrent.futures
import fnmatch
import os
import re
from pathlib import Path

from suite import machine, programs
from suite.results import Problem

# What glibc's choice of functions, and of sizes where they change their ways, would take from the processor.
PLAIN = ("glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-AVX512F,-AVX512VL,-ERMS,-FSRM,-FMA,-FMA4:"
         "glibc.cpu.x86_non_temporal_threshold=0xc0000:glibc.cpu.x86_rep_movsb_threshold=0x800:"
         "glibc.cpu.x86_rep_stosb_threshold=0x800:glibc.cpu.x86_shared_cache_size=0x100000:"
         "glibc.cpu.x86_data_cache_size=0x8000")
# Of what runs on one set of instructions, these depend on the processor under valgrind too.
NEVER = ("serial/avx512", "serial/avx2")


def kernel_names(build, patterns=""):
    names = machine.output_of(str(build.micro), "kernels", "--list").split()
    wanted = [p for p in patterns.split(",") if p]
    return {n for n in names if not wanted or any(fnmatch.fnmatchcase(n, p) for p in wanted)}


def plain_environment(folder):
    """Nothing but what is needed, since the length of the environment moves the stack."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TMPDIR": str(folder), "GLIBC_TUNABLES": PLAIN,
            "OMP_NUM_THREADS": "1"}


def one(build, name, folder):
    """Instructions of one iteration of a kernel."""
    folder = Path(folder) / name.replace("/", "-")
    folder.mkdir(exist_ok=True)
    found = folder / "callgrind.out"
    done = programs.execute(["valgrind", "--tool=callgrind", f"--callgrind-out-file={found}", "--collect-atstart=no",
                             "--toggle-collect=kernel_measured", build.micro, "kernels", "--only", name,
                             "--repetitions", 1, "--iterations", 1], folder, environment=plain_environment(folder),
                            alone=True)
    totals = re.search(r"^(?:totals|summary): (\d+)", found.read_text(encoding="utf-8") if found.exists() else "",
                       re.MULTILINE)
    if done.code != 0 or not totals:
        raise Problem(f"valgrind: {name}: {done.error.strip()[-400:]}", 1)
    return int(totals.group(1))


def instructions(build, names, folder):
    """name -> instructions of an iteration. Several kernels at a time."""
    names = sorted(set(names) & kernel_names(build) - set(NEVER))
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return dict(zip(names, pool.map(lambda name: one(build, name, folder), names)))


def allocations(build, command, folder):
    """Allocations of a whole run of a program, or None where the library is not built (sanitizers)."""
    if not build.allocations.exists():
        return None
    path = Path(folder) / "allocations"
    done = programs.execute(command, folder, alone=True, environment={
        **plain_environment(folder), "LD_PRELOAD": str(build.allocations), "GANGER_ALLOCATIONS": str(path)})
    if done.code != 0:
        raise Problem(f"{command[0]}: exit code {done.code}: {done.error.strip()[-400:]}", 1)
    return int(path.read_text(encoding="utf-8"))
