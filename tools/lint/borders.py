#!/usr/bin/env python3
"""Things that may stand in one place only.

Why: Beast, Asio and co_await belong to src/http (g++ 12 miscompiles everyday coroutine code; the network must not show
through); database drivers to src/db; SQL to stores (and to access, the facts themselves), so that a reader knows where
to look and a test can prepare every statement; the clock, the locale and printing are parameters elsewhere.
"""
import pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = [
    (re.compile(r"boost/(beast|asio)|\bco_await\b"), lambda p: p.parent.name == "http", "Beast, Asio and co_await only in src/http"),
    (re.compile(r"#include\s+<(sqlite3|libpq-fe|postgresql/libpq-fe)\.h>"), lambda p: p.parent.name == "db", "database drivers only in src/db"),
    (re.compile(r'R"sql\('), lambda p: p.name.endswith("store.cpp") or p.parent.name in ("access", "db"), "SQL only in stores"),
    (re.compile(r"\bstd::(time|localtime|gmtime|tolower|toupper|stoi|stol|stod|rand|srand)\s*\(|system_clock::now"),
     lambda p: p.name in ("clock.cpp", "log.cpp") or p.parent.name in ("http",), "time, locale and chance are parameters"),
    (re.compile(r"std::(cout|cerr|clog)\b"), lambda p: p.parent.name == "cli" or p.name == "main.cpp", "only the commands print"),
    (re.compile(r"^\s*using namespace\b", re.M), lambda p: p.suffix == ".cpp", "no `using namespace` in headers"),
    (re.compile(r"catch\s*\(\s*\.\.\.\s*\)\s*\{\s*\}"), lambda p: False, "nothing is swallowed"),
]
faults = []
for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
    if path.name.endswith("_test.cpp") or "testing" in path.name or path.name == "scratch.hpp":
        continue
    text = re.sub(r"//[^\n]*", "", path.read_text())
    for pattern, allowed, why in RULES:
        if pattern.search(text) and not allowed(path):
            faults.append(f"{path.relative_to(ROOT)}: {why}")
print("\n".join(faults) if faults else "borders: no fault")
sys.exit(1 if faults else 0)
