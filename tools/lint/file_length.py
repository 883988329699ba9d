#!/usr/bin/env python3
"""No source file over 700 lines.

Why: a room that grows is split by subject before anybody has to scroll for an hour.
"""
import pathlib, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 700
long = [(p.relative_to(ROOT), n) for p in sorted((ROOT / "src").rglob("*.[ch]pp")) if (n := len(p.read_text().splitlines())) > LIMIT]
for path, n in long:
    print(f"{path}: {n} lines, the limit is {LIMIT}: split it by subject")
if not long:
    print("file length: no fault")
sys.exit(1 if long else 0)
