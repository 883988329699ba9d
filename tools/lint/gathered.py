#!/usr/bin/env python3
"""Every personal column of the schema is gathered for a 開示請求, or stands here with the reason why not.

Why: who asks what is kept about them is told all of it or told that it is withheld. A column added next year in another
room would be forgotten, and nobody would notice.
"""
import pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GATHER = ROOT / "src/archive/gather_store.cpp"

EXEMPT = {
    "people_search.pii_grams": "cut from name and address for the search; nothing that these do not say",
    "people_search_fts.pii_grams": "the index of the same",
    "protective_opponent.pii_plain": "the name beside it without blanks",
    "plan_amendment.pii_after": "stands as the goal or role itself, or as what a later change found before it",
    "disclosure.pii_asker": "of the request itself: whoever asks has written it",
    "disclosure.pii_extension": "of the request itself: sent to whoever asks with the new day",
    "disclosure.pii_returned": "work on an answer that is not yet decided; says nothing about the person that a part does not",
    "disclosure_part.pii_text": "a copy of what is gathered",
    "disclosure_part.pii_hidden": "words of that copy",
}


def columns():
    """table.column of every personal column that the migrations make."""
    found = {}
    for path in sorted((ROOT / "migrations").glob("*.sql")):
        text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        for statement in text.split(";"):
            table = re.search(r"\b(?:CREATE (?:VIRTUAL )?TABLE|ALTER TABLE)\s+(\w+)", statement)
            if table:
                for column in re.findall(r"\bpii_\w+", statement[table.end():]):
                    found[f"{table[1]}.{column}"] = path.name
    return found


def gathered():
    """table.column of what the statements of the gathering read, by their own names for the tables."""
    found = set()
    for statement in re.findall(r'R"sql\((.*?)\)sql"', GATHER.read_text(encoding="utf-8"), re.S):
        names = {alias: table for table, alias in re.findall(r"\b(?:FROM|JOIN) (\w+) (\w+)", statement)}
        found |= {f"{names[alias]}.{column}" for alias, column in re.findall(r"\b(\w+)\.(pii_\w+)", statement) if alias in names}
    return found


kept, read = columns(), gathered()
faults = [f"migrations/{kept[c]}: {c} is neither gathered in {GATHER.relative_to(ROOT)} nor exempt with a reason in tools/lint/gathered.py"
          for c in sorted(set(kept) - read - set(EXEMPT))]
faults += [f"tools/lint/gathered.py: {c} is exempt and {'gathered' if c in read else 'no column'}" for c in sorted(EXEMPT) if c in read or c not in kept]
print("\n".join(faults) if faults else "gathered: no fault")
sys.exit(1 if faults else 0)
