#!/usr/bin/env python3
"""A type has one definition in its namespace.

Why: two headers that each define a type of the same name compile and link, and whichever inline function the linker keeps
works on the wrong one; nothing but a crash tells. Types of one file belong in its unnamed namespace.
"""
import collections, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TYPE = re.compile(r"^(?:template <[^\n]*>\n)?(?:struct|class) (\w+)(?: final)?(?: : [^{;]*)?\s*\{", re.M)
SPACE = re.compile(r"^namespace (?:(\S+) )?\{|^\}  // namespace(?: (\S+))?", re.M)

def types(text):
    """(namespace, name) of each type at namespace scope; nothing of unnamed namespaces."""
    at, spaces, found = 0, [], []
    for event in sorted([*SPACE.finditer(text), *TYPE.finditer(text)], key=lambda m: m.start()):
        if event.re is SPACE:
            if event.group(0).startswith("}"):
                if spaces: spaces.pop()
            else:
                spaces.append(event.group(1) or "")
        elif "" not in spaces:
            found.append(("::".join(spaces), event.group(1)))
    return found

defined = collections.defaultdict(set)
for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
    text = re.sub(r"//(?! namespace)[^\n]*", "", path.read_text())
    for name in types(text):
        # A test may stand in for a type of another room: its executable does not hold that one.
        if path.name.endswith("_test.cpp") and f"::{path.parent.name}" not in f"{name[0]}::":
            continue
        defined[name].add(str(path.relative_to(ROOT)))
faults = [f"{space}::{name}: {', '.join(sorted(paths))}" for (space, name), paths in sorted(defined.items()) if len(paths) > 1]
print("\n".join(faults) if faults else "one_name: no fault")
sys.exit(1 if faults else 0)
