"""What was measured and on what: the machine, the tools that built the program, the source."""
import os
import re
import subprocess
from pathlib import Path

# Times of two machines are comparable only if these are alike.
ALIKE = ("cpu_model", "cpus", "cores", "isa", "memory_gib", "governor", "architecture")
# Instructions and allocations of two builds are comparable only if these are.
# (valgrind knows no AVX-512, so "isa" is without it.)
TOOLS = ("compiler", "build_type", "flags", "libc", "glpk", "hdf5", "jansson", "xml2", "nettle", "z", "gomp",
         "valgrind", "isa")
ISA = ("avx2", "fma", "avx512f", "avx512bw", "avx512vl")


def text_of(path, default=""):
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return default


def output_of(*command, cwd=None):
    """What a program prints, or "" if it is not there or fails."""
    try:
        done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def cpu_facts():
    """Model, physical cores and instruction sets, as far as the kernel tells."""
    blocks = [dict(re.findall(r"^([\w ]+?)\s*: (.*)$", block, re.MULTILINE))
              for block in text_of("/proc/cpuinfo").split("\n\n")]
    first = blocks[0] if blocks else {}
    cores = {(b.get("physical id", "0"), b.get("core id", b.get("processor"))) for b in blocks if b}
    flags = first.get("flags", "").split()
    return first.get("model name", "unknown"), len(cores), " ".join(f for f in ISA if f in flags)


def memory_gib():
    found = re.search(r"MemTotal:\s+(\d+) kB", text_of("/proc/meminfo"))
    return round(int(found.group(1)) / 2**20) if found else 0


def caches():
    """As Google Benchmark lists them, of the first processor."""
    found = []
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        found.append({"type": text_of(index / "type"), "level": int(text_of(index / "level", "0")),
                      "size": text_of(index / "size")})
    return found


def describe_machine():
    model, cores, isa = cpu_facts()
    return {"cpu_model": model, "cpus": os.cpu_count(), "cores": cores, "isa": isa, "memory_gib": memory_gib(),
            "governor": text_of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "unknown"),
            "architecture": os.uname().machine, "kernel": os.uname().release}


def cache_values(build):
    """CMakeCache.txt as a dict."""
    return dict(re.findall(r"^([\w-]+):\w+=(.*)$", text_of(Path(build) / "CMakeCache.txt"), re.MULTILINE))


def compiler_of(build):
    for path in sorted(Path(build).glob("CMakeFiles/*/CMakeCCompiler.cmake")):
        known = dict(re.findall(r'set\((CMAKE_C_COMPILER_(?:ID|VERSION)) "(.*?)"\)', text_of(path)))
        return f"{known.get('CMAKE_C_COMPILER_ID')} {known.get('CMAKE_C_COMPILER_VERSION')}"
    return "unknown"


def libraries_of(program):
    """The versions of shared libraries, by the names of the files that the linker finds."""
    found = {}
    for name, path in re.findall(r"lib([\w.+-]+?)\.so\S* => (\S+)", output_of("ldd", str(program))):
        version = re.search(r"\.so\.(.*)$", os.path.realpath(path))
        found[re.split(r"[-_]", name)[0]] = version.group(1) if version else "unknown"
    return found


def describe_tools(build, program):
    cache = cache_values(build)
    libraries = libraries_of(program)
    kind = cache.get("CMAKE_BUILD_TYPE", "")
    flags = [cache.get("CMAKE_C_FLAGS", ""), cache.get(f"CMAKE_C_FLAGS_{kind.upper()}", "")]
    flags += [f"{o}={cache[o]}" for o in ("GANGER_NATIVE", "GANGER_SANITIZE") if cache.get(o, "OFF") not in ("OFF", "")]
    return {"compiler": compiler_of(build), "build_type": kind, "flags": " ".join(f for f in flags if f),
            "libc": os.confstr("CS_GNU_LIBC_VERSION") or "unknown", "valgrind": output_of("valgrind", "--version"),
            "isa": " ".join(f for f in cpu_facts()[2].split() if not f.startswith("avx512")),
            **{name: libraries.get(name, "none")
               for name in ("glpk", "hdf5", "jansson", "xml2", "nettle", "z", "gomp")}}


def describe_source(build):
    """Revision of the tree that the build was configured from, and whether it had changes by now."""
    home = cache_values(build).get("CMAKE_HOME_DIRECTORY")
    if not home or not output_of("git", "rev-parse", "HEAD", cwd=home):
        return {"revision": "unknown", "dirty": None}
    return {"revision": output_of("git", "rev-parse", "HEAD", cwd=home),
            "dirty": bool(output_of("git", "status", "--porcelain", cwd=home))}


def differences(a, b, names):
    """The names whose values differ, as text."""
    return [f"{name}: {a.get(name)} / {b.get(name)}" for name in names if a.get(name) != b.get(name)]
