#!/usr/bin/env python3
"""Nothing unfinished, no host of a package registry, no path of somebody's machine in what is kept.

Why: what looks done must be done; the program must build where nobody's home folder exists.
"""
import pathlib, re, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SELF = "tools/lint/plain_words.py"
RULES = [
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|未実装|not implemented"), "unfinished"),
    (re.compile(r"registry\.npm|deb\.debian\.org|npmjs|pypi\.org|crates\.io"), "names a package registry"),
    (re.compile(r"(?<![\w.])/(home|root|work|Users)/\w"), "a path of one machine"),
]
files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")
faults = []
for name in files:
    path = ROOT / name
    if not name or name == SELF or not path.is_file() or path.suffix in (".png", ".woff2") or name.startswith("tests/fuzz/corpus/"):
        continue
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        continue
    for pattern, why in RULES:
        for hit in pattern.finditer(text):
            faults.append(f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {why}: {hit.group(0)}")
print("\n".join(faults) if faults else "plain words: no fault")
sys.exit(1 if faults else 0)
