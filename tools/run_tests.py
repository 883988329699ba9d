#!/usr/bin/env python3
"""Runs every check: lints, unit and integration tests, fuzz corpora, browser tests. The last line is the sum.

usage: run_tests.py BUILD_DIR [NAME ...]     NAME: run only steps whose name holds it
Each step prints its own output only when something failed in it. The exit code is 0 only when nothing failed and
every step ran at least one test.
"""
import concurrent.futures, os, pathlib, re, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(sys.argv[1])
WANTED = sys.argv[2:]
STEP_LIMIT = 1200  # seconds


class Step:
    def __init__(self, name, command, count, env=None):
        self.name, self.command, self.count, self.env = name, command, count, env or {}


def gtest_counts(text, code):
    passed = sum(int(n) for n in re.findall(r"^\[  PASSED  \] (\d+) tests?\.", text, re.M))
    failed = sum(int(n) for n in re.findall(r"^\[  FAILED  \] (\d+) tests?, listed below", text, re.M))
    if code != 0 and failed == 0:
        failed = 1  # crashed: what ran is not known
    return passed, failed


def line_counts(text, code):
    """For steps whose last line is 'N passed, N failed'."""
    found = re.findall(r"^(\d+) passed, (\d+) failed$", text, re.M)
    passed, failed = (int(found[-1][0]), int(found[-1][1])) if found else (0, 0)
    if (code != 0 or not found) and failed == 0:
        failed = 1
    return passed, failed


def one_check(_text, code):
    return (1, 0) if code == 0 else (0, 1)


def steps(pg):
    env = {"KASANE_TEST_PG": pg} if pg else {}
    for lint in sorted((ROOT / "tools/lint").glob("*.py")):
        if lint.name in ("tidy.py", "sql_literals.py"):
            continue  # tools, not checks
        yield Step(f"lint {lint.stem}", [sys.executable, str(lint)], one_check)
    for exe in (BUILD / "tests.txt").read_text().split():
        yield Step(exe, [str(BUILD / exe)], gtest_counts, env)
    if (BUILD / "fuzzers.txt").exists():
        for fuzzer in (BUILD / "fuzzers.txt").read_text().split():
            corpus = ROOT / "tests/fuzz/corpus" / fuzzer
            yield Step(f"fuzz {fuzzer}", [str(BUILD / fuzzer), str(corpus)], one_check)
    for script in sorted((ROOT / "tests/e2e").glob("*.e2e.mjs")):
        yield Step(f"e2e {script.stem}", ["node", str(script), str(BUILD / "kasane")], line_counts, env)


def run(step):
    started = time.monotonic()
    try:
        done = subprocess.run(step.command, cwd=ROOT, env={**os.environ, **step.env}, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=STEP_LIMIT)
        text, code = done.stdout.decode("utf-8", "replace"), done.returncode
    except subprocess.TimeoutExpired as late:
        text, code = (late.stdout or b"").decode("utf-8", "replace") + "\nstopped: took too long\n", 1
    passed, failed = step.count(text, code)
    return step, passed, failed, text, time.monotonic() - started


def main():
    pg = subprocess.run(["sh", "tools/pg_cluster.sh", "start"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    conninfo = pg.stdout.strip().splitlines()[-1] if pg.returncode == 0 and pg.stdout.strip() else ""
    passed_all, failed_all, broken = 0, 0, []
    if not conninfo:
        print("PostgreSQL did not start: its half of the tests cannot run", flush=True)
        failed_all += 1
        broken.append("pg_cluster")
    try:
        chosen = [s for s in steps(conninfo) if not WANTED or any(w in s.name for w in WANTED)]
        # As many at a time as there are processors, the longest first, so that none of them is left over at the end.
        rank = lambda s: 0 if "integration" in s.name else 1 if s.name.startswith("e2e") else 2
        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
            for step, passed, failed, text, took in pool.map(run, sorted(chosen, key=rank)):
                passed_all += passed
                failed_all += failed
                empty = passed + failed == 0
                print(f"{'FAILED' if failed or empty else 'ok':6} {step.name}: {passed} passed, {failed} failed ({took:.0f} s)", flush=True)
                if failed or empty:
                    broken.append(step.name)
                    print(text[-8000:], flush=True)
                if empty:
                    failed_all += 1
    finally:
        if conninfo:
            subprocess.run(["sh", "tools/pg_cluster.sh", "stop", conninfo], cwd=ROOT, stdout=subprocess.DEVNULL)
    if broken:
        print("failed: " + ", ".join(broken))
    print(f"{passed_all} passed, {failed_all} failed", flush=True)
    return 1 if failed_all else 0


sys.exit(main())
