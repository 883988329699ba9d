#!/usr/bin/env python3
"""Proves that misuse does not compile: each file in tests/misuse is one misuse, rejected for the reason it names.

Why: "the compiler forbids it" is a promise like any other and breaks without a sound when a constructor becomes
public. The first line of a file says what must happen:
  // compiles: ...            a control, so that this script can tell a rejected misuse from a broken compiler
  // fails with: TEXT         the compiler's message must hold TEXT (a regular expression, or the plain text)

usage: misuse.py [NAME...]    all files, or those whose name holds one of the words
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPILER = os.environ.get("CXX", "g++")
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", f"-I{ROOT}/src"]
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8")


def holds(output, text):
    if text in output:
        return True
    try:
        return re.search(text, output) is not None
    except re.error:
        return False


def check(path):
    """Nothing when all is as the file says, else what is wrong."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    said = re.fullmatch(r"// (compiles|fails with): (.+)", first)
    if not said:
        return "the first line says neither 'compiles:' nor 'fails with:'"
    run = subprocess.run([COMPILER, *FLAGS, str(path)], capture_output=True, text=True, env=ENVIRONMENT)
    if said[1] == "compiles":
        return None if run.returncode == 0 else "must compile and does not:\n" + run.stderr[:2000]
    if run.returncode == 0:
        return "compiles, though it must not"
    if not holds(run.stderr, said[2]):
        return f"is rejected, but not with '{said[2]}':\n" + run.stderr[:2000]
    return None


def main():
    words = sys.argv[1:]
    files = sorted((ROOT / "tests" / "misuse").glob("*.cpp"))
    files = [f for f in files if not words or any(w in f.name for w in words)]
    controls = [f for f in files if f.read_text(encoding="utf-8").startswith("// compiles:")]
    if not words and (not controls or len(controls) == len(files)):
        sys.exit("misuse.py: tests/misuse needs at least one control and one misuse")
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = list(pool.map(check, files))
    faults = [(f, v) for f, v in zip(files, verdicts) if v]
    for path, verdict in faults:
        print(f"{path.relative_to(ROOT)}: {verdict}", file=sys.stderr)
    if faults:
        sys.exit(1)
    print(f"misuse: {len(files) - len(controls)} misuses rejected, {len(controls)} controls compiled")


if __name__ == "__main__":
    main()
