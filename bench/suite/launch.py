"""Runs one program and says what it took: a process as small as can be between bench/run and what it measures.

Linux counts the memory of whoever starts a program as the program's own peak, so the one who starts it must be small. Reads
one JSON object from standard input: command, environment, cpus (or null), out and err (files). Prints one.
"""
import json
import os
import sys
import time

job = json.load(sys.stdin)
if job["cpus"]:
    os.sched_setaffinity(0, job["cpus"])
new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, job["out"], new, 0o600),
         (os.POSIX_SPAWN_OPEN, 2, job["err"], new, 0o600)]
began = time.monotonic()
child = os.posix_spawnp(job["command"][0], job["command"], job["environment"], file_actions=files)
_, status, usage = os.wait4(child, 0)
json.dump({"wall_s": time.monotonic() - began, "code": os.waitstatus_to_exitcode(status),
           "cpu_s": usage.ru_utime + usage.ru_stime, "max_rss_kb": usage.ru_maxrss}, sys.stdout)
