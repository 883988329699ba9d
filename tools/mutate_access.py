#!/usr/bin/env python3
"""Whether the tests notice when a rule of access is wrong: flips one condition at a time in a copy of the sources,
builds, runs the tests of the room, and prints how many of the changes were caught.

usage: mutate_access.py [--only WORD] [--list] [--jobs N] [--keep DIR]
  --only WORD   just the changes whose name matches WORD, a regular expression (a file, a line, a kind of change)
  --list        print the changes, run nothing
  --jobs N      at the same time (2)
  --keep DIR    the folder of the copy and its build; made when it is not there, used again when it is

What is changed: comparisons, and/or, not, conditions, returns, sets of roles and the conditions inside SQL text, in
the functions of WHERE; besides, every entry of the three tables of rules.cpp (who may do what to which kind, which
kinds a team writes, which grounds are for reading) is turned round. What does not compile is no change and not
counted. What changes nothing that anybody could see stands in EQUIVALENT with the reason.
The exit code is 0 only when every change was caught or is listed there.
"""
import argparse, concurrent.futures, hashlib, json, os, pathlib, re, shutil, subprocess, sys, tempfile, threading

ROOT = pathlib.Path(__file__).resolve().parent.parent

# File under src -> functions that are changed; nothing: the whole file. The decision first, then the rules that make what
# it rests on: grounds, shields, who may be invited.
WHERE = {
    "access/rules.cpp": [],
    "access/scope.cpp": ["party_list", "expand"],
    "access/shields.hpp": ["matters_of"],
    "access/shields.cpp": [],
    "access/groups.cpp": [],
    "access/facts.cpp": ["grounds_of", "groups_of", "project_root", "shield_group", "project", "revoke_grounds", "end_grounds", "join_team",
                         "leave_team", "move_to_root", "set_persons", "shield_groups_with", "add_shield", "add_ground", "end_spoken_consent", "end_shields",
                         "ever_reached"],
    "access/gate.cpp": ["shields", "facts_of", "look", "verdict", "register_new", "terms"],
    "access/guarded.cpp": ["shields_of", "is_guarded", "reaches_by", "would_see"],
    "access/below.cpp": [],
    "access/explain.cpp": [],
    "people/protection_rules.cpp": [],
    "people/protection_shields.cpp": [],
    "consent/cooperation_rules.cpp": [],
    "consent/emergency_rules.cpp": [],
    "consent/other_law_rules.cpp": [],
    "consent/provision_rules.cpp": [],
    "meeting/guest_rules.cpp": [],
    "meeting/guest_grounds.cpp": [],
    "meeting/item_grounds.cpp": [],
    "meeting/kept_away.cpp": [],
}
# A header is compiled into these.
INCLUDED_BY = {"access/shields.hpp": ["access/rules.cpp", "access/scope.cpp", "access/shields.cpp"]}

# (part of the line or of the one before it, what was changed, reason).
EQUIVALENT = [
    ("} / return true;", "true to false", "after a switch that returns for every kind: never reached"),
    ("} / return false;", "false to true", "after a switch that returns for every kind: never reached"),
    ("", "entry of only_to_read: dormant_access", "access after closure is set apart before, in decide() and in weaker()"),
    ("while (slots < parties.size())", "< to <=", "more slots, filled with the last party again"),
    ("t.small_reach = ", "not taken away", "the other shape of the same predicate: a matter of speed"),
    ("if (small_reach)", "turned round", "the other shape of the same predicate: a matter of speed"),
    ("for (std::size_t i = 0; i < slots; ++i)", "< to <=", "the last party once more in a list of alternatives"),
    ("const std::string kept = !any_shield", "|| to &&", "without a shield it is not used; of equal length it is the same list"),
    ("for (std::size_t at = 0; at < sql.size();)", "< to <=", "behind the last character nothing is found and nothing is left to add"),
    ("own.persons.size() > 1", "> to >=", "a group holds two or more"),
    ("SELECT DISTINCT root_id FROM access_ground WHERE source_id", "SQL AND to OR", "projects anew what is there, of other roots too"),
    ("if (root != subject.id && tx.exists(", "&& to ||", "projects anew what is there"),
    ("SELECT group_id FROM access_group WHERE person_id = $1", "SQL = to <>", "every group holds somebody else too, so all are shielded anew with what is there"),
    ("DELETE FROM access_group WHERE group_id", "> to >=", "projects anew what is there"),
    ("if (ended > 0) project_root", "> to >=", "projects anew what is there"),
    ("SELECT DISTINCT root_id FROM access_ground", "SQL > to >=", "projects anew what is there"),
    ("valid_until >= $3", "SQL >= to >", "sets the day that is there"),
]

LIMIT = 240  # seconds for one run of the tests; an endless loop is noticed too


# ---- changes ---------------------------------------------------------------------------------------------------

class Change:
    def __init__(self, file, line, text, what, start, end, new):
        self.file, self.line, self.text, self.what = file, line, text, what
        self.start, self.end, self.new = start, end, new
        self.context = text
        self.entry = None  # for entries of the tables: the words given to the program

    @property
    def name(self):
        return f"{self.file}:{self.line}: {self.what}   {self.text}"


def strings_and_comments(code):
    """Spans of (start, end, kind): 'string' or 'comment'."""
    pattern = re.compile(r'R"sql\((?:.|\n)*?\)sql"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*(?:.|\n)*?\*/|\'(?:\\.|[^\'\\\n])+\'')
    for m in pattern.finditer(code):
        yield m.start(), m.end(), "comment" if m.group().startswith("/") else "string"


def function_spans(code, names):
    """Where the functions stand: from their name at the start of a definition to the closing brace in the first column."""
    if not names:
        return [(0, len(code))]
    spans = []
    for name in names:
        found = [m for m in re.finditer(r"^(?=[A-Za-z])[^\n;{}]*?\b" + name + r"\([^;{}]*\{", code, re.M)]
        if not found:
            sys.exit(f"no function {name}: say in WHERE what it is called now")
        for m in found:
            end = code.find("\n}", m.start())
            line_end = code.find("\n", m.start())
            one_line = code[m.start():line_end].rstrip().endswith("}")
            spans.append((m.start(), line_end if one_line else end))
    return spans


CODE = [  # (pattern, new text, what)
    (r" == ", " != ", "== to !="), (r" != ", " == ", "!= to =="), (r" <= ", " < ", "<= to <"), (r" >= ", " > ", ">= to >"),
    (r" < (?=[\w.(]+)", " <= ", "< to <="), (r" > (?=[\w.(]+)", " >= ", "> to >="), (r" && ", " || ", "&& to ||"), (r" \|\| ", " && ", "|| to &&"),
    (r"(?<![\w!])!(?=[\w(])", "", "not taken away"), (r"\breturn true;", "return false;", "true to false"), (r"\breturn false;", "return true;", "false to true"),
    (r"\bcontinue;", ";", "continue taken away"), (r"std::max\(", "std::min(", "max to min"), (r"std::min\(", "std::max(", "min to max"),
    (r"plus_days\(-1\)", "plus_days(0)", "a day more"), (r"Role::\w+, *", "", "a role taken away"), (r", *Role::\w+(?=\})", "", "the last role taken away"),
    (r"\bany_of\(", "all_of(", "any to all"), (r"\ball_of\(", "any_of(", "all to any"),
    (r"\? (kWriters|kSteering) : (kReaders|kMeetingReaders)", r"? \2 : \1", "writers and readers changed"),
    (r"return kDeciders;", "return kReaders;", "deciders to readers"), (r"return kOfficersAndHeads;", "return kReaders;", "officers to readers"),
    (r"\.without\(shielded\)", "", "shielded fields shown"), (r"shielded \| s\.topics", "s.topics", "the last shield alone"), (r"visible \| r\.topics", "r.topics", "the last ground alone"),
    (r"\.has_all\(", ".meets(", "all to some"), (r"\.meets\(", ".has_all(", "some to all"),
    (r"needed \| matters_of\(subject\.kind\)", "needed", "matters forgotten"), (r"subject\.topics \| needs", "subject.topics", "needs forgotten"),
    (r"needs \| matters_of\(kind\)", "needs", "matters forgotten"), (r"a\.topics & b\.topics", "a.topics | b.topics", "common topics to all topics"),
]
SQL = [
    (r" <> ", " = ", "SQL <> to ="), (r"(?<![<>!]) = (?!excluded|CASE)", " <> ", "SQL = to <>"), (r" <= ", " < ", "SQL <= to <"), (r" >= ", " > ", "SQL >= to >"),
    (r" < ", " <= ", "SQL < to <="), (r" > ", " >= ", "SQL > to >="),
    (r"\bAND\b", "OR", "SQL AND to OR"), (r"\bOR\b(?! )|\bOR (?!IGNORE)", "AND ", "SQL OR to AND"), (r"NOT EXISTS", "EXISTS", "SQL NOT EXISTS to EXISTS"),
    (r"(?<!NOT )EXISTS", "NOT EXISTS", "SQL EXISTS to NOT EXISTS"), (r" IN (?=\(|\"|$)", " NOT IN ", "SQL IN to NOT IN"), (r"IS NULL", "IS NOT NULL", "SQL IS NULL to IS NOT NULL"),
    (r" & ", " | ", "SQL & to |"),
]


def negated_conditions(code, inside):
    """if (…) and the question before ?: turned round."""
    for m in re.finditer(r"\bif \(", code):
        if not inside(m.start()):
            continue
        depth, at = 1, m.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(code[at], 0)
            at += 1
        condition = code[m.end():at - 1]
        if ";" in condition or re.match(r"(const )?auto ", condition):
            continue
        yield m.end(), at - 1, f"!({condition})", "condition turned round"


def changes_of(file):
    code = (ROOT / "src" / file).read_text()
    spans = function_spans(code, WHERE[file])
    texts = list(strings_and_comments(code))
    in_span = lambda at: any(a <= at < b for a, b in spans)
    kind_at = lambda at: next((k for a, b, k in texts if a <= at < b), "code")
    found = []

    def add(start, end, new, what):
        line = code.count("\n", 0, start) + 1
        text = code.split("\n")[line - 1].strip()
        change = Change(file, line, text, what, start, end, new)
        change.context = f"{code.splitlines()[line - 2].strip() if line > 1 else ''} / {text}"
        found.append(change)

    for pattern, new, what in CODE:
        for m in re.finditer(pattern, code):
            if in_span(m.start()) and kind_at(m.start()) == "code" and not code[code.rfind("\n", 0, m.start()) + 1:].lstrip().startswith("#"):
                add(m.start(), m.end(), m.expand(new), what)
    for start, end, kind in texts:
        if kind != "string" or not in_span(start):
            continue
        for pattern, new, what in SQL:
            for m in re.finditer(pattern, code[start:end]):
                add(start + m.start(), start + m.end(), new, what)
    for change in negated_conditions(code, lambda at: in_span(at) and kind_at(at) == "code"):
        add(*change)
    found.sort(key=lambda c: (c.start, c.what))
    return found


def entries():
    """Each entry of the three tables of rules.cpp turned round; one program holds them all and is told which."""
    ids = (ROOT / "src/base/ids.hpp").read_text()
    kinds = re.findall(r"(\w+) = (\d+)", ids[ids.index("enum class SubjectKind"):].split("};")[0])
    model = (ROOT / "src/access/model.hpp").read_text()
    grounds = re.findall(r"(\w+) = (\d+),", model[model.index("enum class GroundKind"):].split("};")[0])
    made = []

    def add(what, words):
        change = Change("access/rules.cpp", 0, "", what, 0, 0, "")
        change.entry = words
        made.append(change)

    for name, number in kinds:
        for act, n in (("look", 1), ("write", 2), ("create", 3), ("decide", 4)):
            add(f"entry of roles_for: {name}, {act}: turned round", f"role {number} {n}")
        add(f"entry of team_writes: {name}: turned round", f"team {number} 0")
    for name, number in grounds:
        add(f"entry of only_to_read: {name}: turned round", f"ground {number} 0")
    return made


def with_entries(code):
    """rules.cpp whose tables ask the environment which entry to turn round."""
    asked = """
#include <cstdio>
#include <cstdlib>
namespace {
struct Turned { char table[8] = ""; int key = 0, act = 0; };
const Turned& turned() {
  static const Turned t = [] {
    Turned found;
    if (const char* words = std::getenv("KASANE_TURNED")) std::sscanf(words, "%7s %d %d", found.table, &found.key, &found.act);
    return found;
  }();
  return t;
}
bool is_turned(char table, int key, int act) { return turned().table[0] == table && turned().key == key && turned().act == act; }
}
"""
    code = code.replace("\nnamespace kasane::access {", asked + "\nnamespace kasane::access {", 1)
    code = code.replace("Roles roles_for(SubjectKind kind, Act act) {", """Roles true_roles_for(SubjectKind kind, Act act);
Roles roles_for(SubjectKind kind, Act act) {
  const Roles found = true_roles_for(kind, act);
  const bool look = !changes(act) && act != Act::decide;
  if (!is_turned('r', int(kind), look ? 1 : int(act))) return found;
  Roles other;
  for (int r = 1; r <= kRoleCount; ++r)
    if (!found.has(static_cast<Role>(r))) other.add(static_cast<Role>(r));
  return other;
}
Roles true_roles_for(SubjectKind kind, Act act) {""", 1)
    code = code.replace("bool team_writes(SubjectKind kind) {", """bool true_team_writes(SubjectKind kind);
bool team_writes(SubjectKind kind) { return true_team_writes(kind) != is_turned('t', int(kind), 0); }
bool true_team_writes(SubjectKind kind) {""", 1)
    return code.replace("bool only_to_read(GroundKind ground) {", """bool true_only_to_read(GroundKind ground);
bool only_to_read(GroundKind ground) { return true_only_to_read(ground) != is_turned('g', int(ground), 0); }
bool true_only_to_read(GroundKind ground) {""", 1)


# ---- building and running --------------------------------------------------------------------------------------

class Workshop:
    """A copy of the sources, built once without sanitizers; each change compiles its own file and links anew."""

    def __init__(self, folder, rooms):
        self.folder = pathlib.Path(folder)
        self.tree, self.build = self.folder / "tree", self.folder / "build"
        self.rooms = rooms
        self.compile, self.link = {}, {}

    def prepare(self):
        self.tree.mkdir(parents=True, exist_ok=True)
        for name in ("CMakeLists.txt", "src", "migrations", "ui/dist", "tools", "tests", "docs", "municipalities"):
            source, target = ROOT / name, self.tree / name
            if source.is_dir():
                copy_changed(source, target)
            else:
                copy_file(source, target)
        subprocess.run(["cmake", "-S", self.tree, "-B", self.build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DKASANE_SANITIZE=OFF"], check=True, stdout=subprocess.DEVNULL)
        programs = [program_of(room) for room in self.rooms]
        made = subprocess.run(["nice", "ninja", "-C", self.build, "-j2", *programs], capture_output=True, text=True)
        if made.returncode:
            sys.exit(made.stdout[-3000:])
        source = self.tree / "src"
        for command in json.loads((self.build / "compile_commands.json").read_text()):
            if command["file"].startswith(f"{source}/") and "_test" not in command["file"]:
                self.compile[str(pathlib.Path(command["file"]).relative_to(source))] = command["command"]
        for room, program in zip(self.rooms, programs):
            told = subprocess.run(["ninja", "-C", self.build, "-t", "commands", program], capture_output=True, text=True, check=True)
            self.link[room] = told.stdout.strip().split("\n")[-1]

    def unchanged(self, room):
        return self.build / program_of(room)

    def make(self, change, place):
        """The program with the change; None when it does not compile."""
        place.mkdir(parents=True, exist_ok=True)
        room = room_of(change)
        code = (self.tree / "src" / change.file).read_text()
        code = with_entries(code) if change.entry else code[:change.start] + change.new + code[change.end:]
        changed = place / change.file
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_text(code)
        objects = []
        for source in INCLUDED_BY.get(change.file, [change.file]):
            file = place / source
            if source != change.file:
                shutil.copy(self.tree / "src" / source, file)
            object_file = place / (source + ".o")
            command = self.compile[source].replace(str(self.tree / "src" / source), str(file))
            command = re.sub(r" -o \S+", f" -o {object_file}", command).replace(" -Werror", "").replace(" -I", f" -I{place} -I", 1)
            if "ccache" in command.split()[0]:
                command = command.split(" ", 1)[1]
            done = subprocess.run(command, shell=True, cwd=self.build, capture_output=True, text=True)
            if done.returncode:
                return None
            objects.append(str(object_file))
        program = place / "test"
        link = self.link[room].replace(f" -o {program_of(room)} ", f" {' '.join(objects)} -o {program} ")
        done = subprocess.run(link, shell=True, cwd=self.build, capture_output=True, text=True)
        return program if done.returncode == 0 else None


def room_of(change):
    return change.file.split("/")[0]


def program_of(room):
    return f"kasane_{room}_test"


def rounds(room):
    """Filters, the quickest tests first: those without a database catch most changes within milliseconds."""
    if room != "access":
        return {"people": ["*rotection*", "*"], "consent": ["*Rules*", "*"], "meeting": ["*uest*", "*"]}[room]
    door = re.findall(r"TEST\(AccessMatrix, (\w+)\)", (ROOT / "src/access/matrix_door_test.cpp").read_text())
    quick = "Access.*:Grounds.*:AccessMatrix.*-" + ":".join(f"AccessMatrix.{name}" for name in door)
    model = "Model.says_the_same_as_decide_over_the_whole_product"
    return [quick, model, f"AccessMatrix*:Model*:*Facts*:*Door*-{model}"]


def caught_by(program, room, environment=None):
    """The name of the first test that fails; None when all pass."""
    env = dict(os.environ, GTEST_FAIL_FAST="1", GTEST_COLOR="no", **(environment or {}))
    for chosen in rounds(room):
        try:
            done = subprocess.run(["nice", program, f"--gtest_filter={chosen}"], capture_output=True, text=True, env=env, timeout=LIMIT, errors="replace")
        except subprocess.TimeoutExpired:
            return "time"
        if done.returncode:
            failed = re.findall(r"^\[  FAILED  \] (\S+)", done.stdout, re.M)
            return failed[0] if failed else "crash"
    return None


def copy_file(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_bytes() != source.read_bytes():
        shutil.copy(source, target)


def copy_changed(source, target):
    """Copies what differs, so that the build of a kept folder stays fresh; takes away what is gone."""
    wanted = set()
    for path in source.rglob("*"):
        if path.is_file():
            wanted.add(path.relative_to(source))
            copy_file(path, target / path.relative_to(source))
    if target.exists():
        for path in list(target.rglob("*")):
            if path.is_file() and path.relative_to(target) not in wanted:
                path.unlink()


def equivalent(change):
    return next((reason for text, what, reason in EQUIVALENT if text in change.context and what in change.what), None)


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--only", default="")
    asked.add_argument("--list", action="store_true")
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--keep")
    options = asked.parse_args()
    changes = entries() + [c for file in WHERE for c in changes_of(file)]
    changes = [c for c in changes if re.search(options.only, c.name)]
    if options.list:
        print("\n".join(c.name for c in changes), f"\n{len(changes)} changes")
        return 0
    folder = options.keep or tempfile.mkdtemp(prefix="kasane-mutate-")
    try:
        return run(changes, Workshop(folder, sorted({room_of(c) for c in changes})), options.jobs)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def run(changes, shop, jobs):
    shop.prepare()
    for room in shop.rooms:
        failing = caught_by(shop.unchanged(room), room)
        if failing:
            sys.exit(f"without any change {failing} fails: nothing can be said")
    lock, tables = threading.Lock(), {}
    results = {"caught": [], "survived": [], "same": [], "no program": []}

    def try_one(numbered):
        number, change = numbered
        place = shop.folder / "changed" / (f"entries" if change.entry else hashlib.sha1(f"{change.name} {change.start}".encode()).hexdigest()[:12])
        if change.entry:
            with lock:
                if "program" not in tables:
                    tables["program"] = shop.make(change, place)
            program = tables["program"]
        else:
            program = shop.make(change, place)
        test = caught_by(program, room_of(change), {"KASANE_TURNED": change.entry} if change.entry else None) if program else None
        if not change.entry:
            shutil.rmtree(place, ignore_errors=True)
        outcome = "no program" if not program else "caught" if test else "same" if equivalent(change) else "survived"
        with lock:
            results[outcome].append(change)
            print(f"[{number}/{len(changes)}] {outcome}{' by ' + test if test else ''}: {change.name}", flush=True)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(try_one, enumerate(changes, 1)))
    for change in results["same"]:
        print(f"changes nothing: {change.name}\n    {equivalent(change)}")
    for change in results["survived"]:
        print(f"SURVIVED: {change.name}")
    counted = len(results["caught"]) + len(results["survived"])
    print(f"caught {len(results['caught'])} of {counted}; {len(results['same'])} change nothing (reasons in the script), {len(results['no program'])} do not compile")
    return 0 if not results["survived"] and counted else 1


if __name__ == "__main__":
    sys.exit(main())
