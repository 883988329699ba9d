#!/usr/bin/env python3
"""clang-tidy's bug checks over the files that changed since a revision (default: all files of src).

usage: tidy.py BUILD_DIR [FILE ... | --since REVISION]
"""
import concurrent.futures, os, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECKS = ("-*,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,-bugprone-implicit-widening-of-multiplication-result,"
          "-bugprone-unchecked-optional-access,performance-move-const-arg,performance-for-range-copy")
build, rest = sys.argv[1], sys.argv[2:]
if rest[:1] == ["--since"]:
    names = subprocess.run(["git", "diff", "--name-only", rest[1], "--", "src"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    files = [n for n in names if n.endswith(".cpp") and (ROOT / n).exists()]
elif rest:
    files = rest
else:
    files = [str(p.relative_to(ROOT)) for p in sorted((ROOT / "src").rglob("*.cpp"))]
files = [f for f in files if not f.endswith("_test.cpp")]


def check(name):
    done = subprocess.run(["clang-tidy", "-p", build, "--quiet", f"--checks={CHECKS}", "--warnings-as-errors=*", name], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return name, done.returncode, done.stdout


with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
    bad = 0
    for name, code, text in pool.map(check, files):
        if code != 0:
            bad += 1
            print(text)
print(f"{len(files) - bad} passed, {bad} failed")
sys.exit(1 if bad else 0)
