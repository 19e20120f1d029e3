"""One process, measured from outside: CPU time, wall time, peak memory."""

import contextlib
import dataclasses
import fcntl
import json
import os
import subprocess
import time


class Failed(Exception):
    """A measured command that did not end well; the text says what it said."""


@dataclasses.dataclass
class Run:
    """CPU and wall in seconds, peak in bytes. `search_cpu_s` is the search alone, where known."""

    cpu_s: float
    wall_s: float
    peak: int
    search_cpu_s: float | None = None
    search_wall_s: float | None = None


@contextlib.contextmanager
def alone(lock):
    """Holds a lock file, so that benchmarks which share a machine take turns."""
    if lock is None:
        yield
        return
    with open(lock, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(argv, folder, env=None, lock=None):
    """Runs a command in `folder`; returns its Run and what it printed."""
    with open(os.path.join(folder, "stdout.txt"), "w+") as out, open(
        os.path.join(folder, "stderr.txt"), "w+"
    ) as err, alone(lock):
        began = time.monotonic()
        child = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=folder, env=env
        )
        # wait4 gives the usage of this child and of those it waited for, and of no other.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said = out.read()
        if child.returncode != 0:
            raise Failed(f"{' '.join(argv)}: ended with {child.returncode}\n{said}{err.read()}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024), said


def with_own_times(measured, said):
    """Adds what the program says about itself in its last line, which is JSON."""
    own = json.loads(said.strip().splitlines()[-1])
    measured.search_cpu_s = own["compute_cpu_s"]
    measured.search_wall_s = own["compute_s"]
    return measured
