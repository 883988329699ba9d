#!/usr/bin/env python3
"""Which tests name which requirement: leads from the phrase of a plan to its proof and back.

usage: requirements.py [--missing] [KIND ...]
  Lists id, kind, where a test names it. --missing: only those that no test names. KIND: only these kinds.
The list of requirements is docs/developers/requirements.tsv. Run by hand; no part of ./do test.
"""
import collections, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
LIST = ROOT / "docs/developers/requirements.tsv"
CASE = re.compile(r"^(?:TEST|TEST_F|TEST_P)\((\w+),\s*(\w+)\)|^test\(['\"](.+?)['\"]|^(?:RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\((\w+),\s*(\w+)")
# T-15 in a comment, T_15 or T15 in a name that may hold no hyphen; several stand one after another.
NAMED = re.compile(r"(?<![A-Za-z0-9])(T|KN|W|K|N)[-_](\d{1,2})(?![0-9])")

RANGE = re.compile(r"((?:T|KN|W|K|N)[-_]\d{1,2}) to ((?:T|KN|W|K|N)[-_]\d{1,2})")


def requirements():
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[:3] for line in lines[1:] if line]


def test_files():
    for folder, pattern in (("src", "*_test.cpp"), ("tests", "*.cpp"), ("tests/e2e", "*.mjs")):
        yield from sorted((ROOT / folder).rglob(pattern))


def ids_in(text):
    # An underscore counts as a letter in names: T_1_T_2 is cut by hand. "T_62_to_T_75" names all between.
    cut = re.sub(r"_(?=(?:T|KN|W|K|N)_\d|to_)|(?<=_to)_", " ", text)
    for first, last in RANGE.findall(cut):
        kind = re.match(r"[A-Z]+", first)[0]
        bounds = [int(re.search(r"\d+", end)[0]) for end in (first, last)]
        cut += "".join(f" {kind}-{n}" for n in range(bounds[0], bounds[1] + 1))
    return [f"{kind}-{number}" for kind, number in NAMED.findall(cut)]


def named():
    where = collections.defaultdict(list)
    for file in test_files():
        current, waiting = file.stem, []
        for line in file.read_text(encoding="utf-8").splitlines():
            found = CASE.match(line)
            if found:
                current = f"{file.relative_to(ROOT)}: " + ".".join(g for g in found.groups() if g)
                for known in waiting:
                    where[known].append(current)
                waiting = []
            for known in ids_in(line):
                # A comment between two tests speaks of the next one.
                if not found and line.startswith("//"):
                    waiting.append(known)
                else:
                    where[known].append(current)
    return where


def main(arguments):
    only_missing = "--missing" in arguments
    kinds = [a for a in arguments if not a.startswith("--")]
    where, shown, proved = named(), 0, 0
    for number, kind, words in requirements():
        if kinds and kind not in kinds:
            continue
        tests = list(dict.fromkeys(where.get(number, [])))
        shown += 1
        proved += bool(tests)
        if only_missing and tests:
            continue
        print(f"{number}\t{kind}\t{words}" if only_missing else f"{number}\t{kind}\t" + (" | ".join(tests) or "-"))
    print(f"{proved} of {shown} requirements are named by a test", file=sys.stderr)


main(sys.argv[1:])
