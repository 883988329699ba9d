#!/usr/bin/env python3
"""Arrows between rooms run one way: a file includes only its own room and rooms named before it.

Why: a room can be understood, tested and changed with what stands below it; nobody has to know what stands above.
Also: rules.* and model.* stay pure (no store, no transaction, no page), html knows neither web nor access, and no
include climbs with "..".
"""
import pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROOMS = ("base form db web http html paper access due programme people consent casework planning meeting "
         "outreach participation community measure archive desk cli").split()
RANK = {room: n for n, room in enumerate(ROOMS)}
SIDE_BY_SIDE = {"outreach", "participation", "community"}
NOT_FOR_HTML = {"web", "http", "db", "access"}
NOT_FOR_PURE = {"db", "web", "http", "html", "paper"}
INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"', re.M)

faults = []
for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
    room = path.parent.name
    if room == "src":
        continue
    if room not in RANK:
        faults.append(f"{path.relative_to(ROOT)}: a folder that is no room")
        continue
    pure = re.fullmatch(r"(\w+_)?(rules|model)\.[ch]pp", path.name) is not None
    testing = path.name.endswith("_test.cpp") or "testing" in path.name
    for target in INCLUDE.findall(path.read_text()):
        other = target.split("/")[0]
        where = f"{path.relative_to(ROOT)}: includes {target}"
        if ".." in target or other not in RANK:
            faults.append(f"{where}: includes are written from src/")
        elif RANK[other] > RANK[room]:
            faults.append(f"{where}: {room} must not know {other}, which stands above it")
        elif room in SIDE_BY_SIDE and other in SIDE_BY_SIDE and room != other:
            faults.append(f"{where}: {room} and {other} stand side by side")
        elif room == "html" and other in NOT_FOR_HTML:
            faults.append(f"{where}: html knows neither web nor access nor db")
        elif pure and not testing and other in NOT_FOR_PURE and room not in NOT_FOR_PURE:
            faults.append(f"{where}: models and rules are pure")
print("\n".join(faults) if faults else "rooms: no fault")
sys.exit(1 if faults else 0)
