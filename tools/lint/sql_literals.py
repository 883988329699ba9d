#!/usr/bin/env python3
"""Lists every SQL statement of the program, so that a test can prepare each on both engines.

Why: a statement that only runs once a year must not turn out misspelt on that day, nor on the engine that its author
did not use. Stores write whole statements as R"sql(...)sql". For one engine only are all statements of a file
whose name begins with sqlite_ or postgres_, and a literal that begins with /* sqlite */ or /* postgres */.

usage: sql_literals.py [SOURCE_DIR]
Writes one record per statement: "file:line", a tab, the engine or "both", a line feed, the statement, and the sign
0x1e (record separator) with a line feed.
"""
import pathlib
import re
import sys

LITERAL = re.compile(r'R"sql\((.*?)\)sql"', re.DOTALL)
ONLY = re.compile(r"\s*/\*\s*(sqlite|postgres)\s*\*/")


def is_test(path):
    return path.name.endswith("_test.cpp") or path.name == "scratch.hpp"


def in_comment(text, at):
    return text[text.rfind("\n", 0, at) + 1:at].lstrip().startswith("//")


def engine_of(path, sql):
    by_file = re.match(r"(sqlite|postgres)_", path.name)
    found = by_file or ONLY.match(sql)
    return found[1] if found else "both"


def literals(root):
    for path in sorted((root / "src").rglob("*.[ch]pp")):
        if is_test(path):
            continue
        text = path.read_text(encoding="utf-8")
        for found in LITERAL.finditer(text):
            if in_comment(text, found.start()):
                continue
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path.relative_to(root)}:{line}", engine_of(path, found[1]), found[1]


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    for place, engine, sql in literals(root):
        sys.stdout.write(f"{place}\t{engine}\n{sql}\x1e\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
