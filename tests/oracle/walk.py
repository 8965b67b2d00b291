"""Walks forms at random in Sondeo's engine and in ODK's JavaRosa, and compares them after each step.

Read main() first. Each engine is a process that takes orders in lines and tells its state in lines (Engine): tests/oracle.rs
and Walk.java. A walk ends at the first difference that explained.txt does not name; it is then reduced to the few steps that
are needed for it. Nothing but the standard library and, to turn workbooks into XForms, pyxform.
"""

import argparse
import fnmatch
import hashlib
import os
import random
import re
import subprocess
import sys
import threading
import warnings
import xml.etree.ElementTree as ElementTree
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
INSTRUMENTS = ROOT / ".tools/oracle-instruments"  # the built-in ones, as Sondeo writes them
PANAMA = timezone(timedelta(hours=-5))
STEPS_OF_WALK = (10, 120)
MOST_TOLD = 12  # differences of one form; what comes after the first may be its consequence
MOST_REPLAYS = 250
MOST_INSTANCES = 4
BETWEEN = "\x1f"  # the names of choices, which may have spaces
PATIENCE = 60  # seconds for an answer of an engine

# -- The engines -------------------------------------------------------------------------------------------------------


class Fault(Exception):
    """What an engine says that it cannot do."""


class Engine:
    def __init__(self, name, command, env=None):
        self.name, self.command = name, command
        self.env = {**os.environ, **(env or {})}
        self.process = None

    def ask(self, *words):
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace", bufsize=1)
        process = self.process
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        try:
            process.stdin.write("\t".join(words) + "\n")
            process.stdin.flush()
            lines = []
            for line in process.stdout:
                line = line.rstrip("\n")
                if line == ".":
                    break
                lines.append(line)
            else:
                raise BrokenPipeError
        except BrokenPipeError:
            process.kill()
            process.wait()
            self.process = None
            raise Fault("died, or said nothing for a minute") from None
        finally:
            watch.cancel()
        if lines and lines[0].startswith("error\t"):
            raise Fault(unescape(lines[0][6:]))
        return lines

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def unescape(text):
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r", "t": "\t"}.get(found[1], found[1]), text)


# -- States ------------------------------------------------------------------------------------------------------------

LEAF = ("kind", "relevant", "required", "readonly", "violated", "value", "choices", "label")


def state(engine):
    """Everything an engine tells: path -> what is there."""
    told = {}
    for line in engine.ask("state"):
        what, path, *rest = line.split("\t")
        if what == "leaf":
            told[path] = {"what": what, **dict(zip(LEAF, rest))}
            told[path]["value"] = unescape(told[path]["value"])
        elif what == "group":
            told[path] = {"what": what, "relevant": rest[0]}
        else:
            told[path] = {"what": what, "count": rest[0], "extensible": rest[1]}
    return told


TIME = re.compile(r"^(\d{4}-\d\d-\d\d)?T?(\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")


def canonical(text, kind):
    text = text.strip()
    found = TIME.match(text)
    if found:
        return f"{found[1] or ''}T{found[2]}:{found[3] or '00'}"
    if kind == "select_multiple":
        return " ".join(sorted(text.split()))
    if kind == "dateTime" and len(text) == 10:
        return text + "T00:00:00"
    return text


def same_value(ours, theirs, kind):
    ours, theirs = canonical(ours, kind), canonical(theirs, kind)
    # JavaRosa adds midnight to a date that passes through an expression.
    if ours == theirs or (len(ours) == 10 and theirs == ours + "T00:00:00"):
        return True
    if kind == "place":
        one, other = ours.split(), theirs.split()
        return len(one) == len(other) and all(map(same_number, one, other))
    return same_number(ours, theirs)


def same_number(one, other):
    try:
        one, other = float(one), float(other)
    except ValueError:
        return False
    return one == other or abs(one - other) <= 1e-9 * max(abs(one), abs(other)) or (one != one and other != other)


def plain(path):
    return re.sub(r"\[\d+\]", "", path)


def compare(form, ours, theirs):
    """Differences as (path, aspect, ours, theirs)."""
    found = []

    def differ(path, aspect, one, other):
        found.append((path, aspect, one, other))

    for path in sorted(set(ours) | set(theirs)):
        one, other = ours.get(path), theirs.get(path)
        if plain(path) in form.tainted:
            continue
        if one is None or other is None:
            # What a form lacks is the reader's matter; here only instances count, and those a repeat's count tells.
            continue
        if one["what"] != other["what"]:
            differ(path, "kind", one["what"], other["what"])
        elif one["what"] == "repeat":
            if one["count"] != other["count"]:
                differ(path, "count", one["count"], other["count"])
            if one["extensible"] != other["extensible"]:
                differ(path, "extensible", one["extensible"], other["extensible"])
        elif one["relevant"] != other["relevant"]:
            differ(path, "relevant", one["relevant"], other["relevant"])
        elif one["what"] == "leaf" and one["relevant"] == "1":
            compare_leaf(form, path, one, other, differ)
    return found


def compare_leaf(form, path, one, other, differ):
    kind = one["kind"]
    if kind not in ("note", "calculate"):
        for aspect in ("required", "readonly"):
            if one[aspect] != other[aspect]:
                differ(path, aspect, one[aspect], other[aspect])
    if kind != "note" and one["violated"] != other["violated"]:
        differ(path, "violated", one["violated"], other["violated"])
    if kind != "note" and not same_value(one["value"], other["value"], kind):
        differ(path, "value", one["value"], other["value"])
    if one["choices"] != "-" and other["choices"] != "-":
        names, offered = (unescape(told["choices"]).split(BETWEEN) for told in (one, other))
        if plain(path) in form.shuffled:
            names, offered = sorted(names), sorted(offered)
        if names != offered:
            differ(path, "choices", " ".join(names), " ".join(offered))
    if other["label"] != "-" and plain(path) not in form.spoken_tainted:
        label, said = (" ".join(unescape(text["label"]).split()) for text in (one, other))
        # JavaRosa loses the blank between two outputs.
        if label.replace(" ", "") != said.replace(" ", ""):
            differ(path, "label", label, said)


# -- Forms -------------------------------------------------------------------------------------------------------------

# What no two engines agree on, because it is of the moment, the device or chance. today() is the same day for both.
FLEETING = re.compile(r"\b(now|random|uuid)\s*\(|last-saved|\bproperty\b")


class Form:
    """A form for both engines, and what its XForm tells a walker: constants worth trying, what cannot be compared."""

    def __init__(self, name, book, xform):
        self.name, self.book, self.xform = name, book, xform
        text = xform.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        expressions, binds, self.ranges = [], {}, {}
        self.shuffled, sources = set(), {}

        def note(path, expression, fleeting):
            if path and expression:
                expressions.append(expression)
                sources.setdefault(path, []).append(expression)
                if fleeting and FLEETING.search(expression):
                    self.tainted.add(path)

        self.tainted = set()
        for element in root.iter():
            tag = element.tag.rsplit("}", 1)[-1]
            own = {key.rsplit("}", 1)[-1]: value for key, value in element.attrib.items()}
            path = self.path(own.get("nodeset") or own.get("ref") or "")
            if tag == "bind":
                if "preload" in own:
                    self.tainted.add(path)
                note(path, own.get("calculate"), True)
                note(path, own.get("relevant"), True)
                for aspect in ("constraint", "required", "readonly"):
                    note(path, own.get(aspect), False)
                binds[path] = own
            elif tag in ("setvalue", "setgeopoint"):
                note(path, own.get("value") or element.text or "", True)
            elif tag == "input" and "query" in own:
                self.tainted.add(path)  # a list of another file, which ODK Collect looks up and JavaRosa does not
            elif tag == "range":
                self.ranges[path] = tuple(float(own.get(edge, usual)) for edge, usual in (("start", 0), ("end", 10), ("step", 1)))
            elif tag == "repeat":
                note(path, own.get("count"), True)
        self.spoken_tainted = set()
        self.outputs(root, sources)
        for control in root.iter():
            for itemset in control.findall("{http://www.w3.org/2002/xforms}itemset"):
                path, nodeset = self.path(control.get("ref", "")), itemset.get("nodeset", "")
                note(path, nodeset, False)
                if "randomize(" in nodeset and not re.search(r",[^,\]]+\)\s*$", nodeset):
                    self.shuffled.add(path)
        self.spread(sources)
        self.numbers = sorted({float(number) for source in expressions for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", source)})[:60]
        # Where more is computed, more is to be tried.
        self.weight = 5 + len(expressions)
        self.words = sorted({one or other for source in expressions for one, other in re.findall(r"'([^']*)'|\"([^\"]*)\"", source)})[:60]

    @staticmethod
    def path(nodeset):
        return "/".join(nodeset.strip().split("/")[2:])

    def outputs(self, root, sources):
        """Labels whose outputs are of the moment."""
        texts = {}
        for text in root.iter("{http://www.w3.org/2002/xforms}text"):
            texts.setdefault(text.get("id"), []).extend(output.get("value", "") for output in text.iter() if output.tag.endswith("}output"))
        self.spoken = {}
        for control in root.iter():
            path = self.path(control.get("ref") or "")
            label = control.find("{http://www.w3.org/2002/xforms}label")
            if not path or label is None:
                continue
            said = [output.get("value", "") for output in label.iter() if output.tag.endswith("}output")]
            itext = re.match(r"jr:itext\('(.*)'\)", label.get("ref") or "")
            self.spoken[path] = said + (texts.get(itext[1], []) if itext else [])

    def spread(self, sources):
        """Whatever reads what cannot be compared cannot be compared, nor what stands inside it."""
        grown = True
        while grown:
            grown = False
            names = {path.rsplit("/", 1)[-1] for path in self.tainted if path}
            for path, read in sources.items():
                if path in self.tainted:
                    continue
                above = any(path.startswith(outer + "/") for outer in self.tainted)
                if above or self.mentions(read, names):
                    self.tainted.add(path)
                    grown = True
        names = {path.rsplit("/", 1)[-1] for path in self.tainted if path}
        for path, said in self.spoken.items():
            if self.mentions(said, names) or any(FLEETING.search(text) for text in said):
                self.spoken_tainted.add(path)

    @staticmethod
    def mentions(expressions, names):
        return any(name in names for text in expressions for name in re.findall(r"(?<![\w.-])[\w][\w.-]*", text))


def convert(book, folder):
    """The XForm of a workbook, or why there is none."""
    from pyxform.xls2xform import convert as pyxform_convert

    ready = book.with_name(book.name + ".xform.xml")
    if ready.exists():
        return ready
    content = book.read_bytes()
    kept = folder / (hashlib.sha256(content).hexdigest()[:16] + ".xml")
    if not kept.exists():
        made = pyxform_convert(xlsform=book, validate=False, pretty_print=False)
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(made.xform, encoding="utf-8")
    return kept


# -- Walking -----------------------------------------------------------------------------------------------------------


def value(chance, form, path, leaf):
    """An answer that a question of this kind can hold."""
    kind = leaf["kind"]
    if chance.random() < 0.12:
        return ""
    if plain(path) in form.ranges:
        start, end, step = form.ranges[plain(path)]
        count = int(abs(end - start) / (step or 1) + 1e-9)
        number = start + (1 if end >= start else -1) * step * chance.randint(0, count)
        return f"{round(number, 6):g}"
    if kind in ("integer", "decimal"):
        pool = [number + chance.choice((-1, 0, 0, 1)) for number in form.numbers] or [1.0]
        number = chance.choice(pool) if chance.random() < 0.7 else chance.randint(-2, 130)
        if kind == "decimal" and chance.random() < 0.4:
            return f"{number + chance.choice((0.5, 0.25, 0.1, -0.75)):.10g}"
        return str(int(min(number, 999999999)))
    if kind == "text":
        if form.words and chance.random() < 0.6:
            return chance.choice(form.words).strip()
        return chance.choice(("Sol", "Mar y cielo", "niño", "x", "12", "3.5", "a@b.org", "+507 6123-4567", "2026-02-29", "0", "O'Hara", "ABC123", "two  spaces"))
    if kind.startswith("select") or kind == "rank":
        names = [] if leaf["choices"] in ("-", "") else unescape(leaf["choices"]).split(BETWEEN)
        if kind != "select_one":
            names = [name for name in names if " " not in name]
        if not names:
            return ""
        if kind == "select_one":
            return chance.choice(names)
        if kind == "rank":
            return " ".join(chance.sample(names, len(names)))
        few = set(chance.sample(names, chance.randint(1, min(len(names), 4))))
        return " ".join(name for name in names if name in few)
    if kind == "date":
        return str(date.today() + timedelta(days=chance.choice((-40000, -9000, -400, -31, -1, 0, 1, 30, 365, 4000)) + chance.randint(-3, 3)))
    if kind == "time":
        return f"{chance.randint(0, 23):02}:{chance.choice((0, 15, 59)):02}:00.000-05:00"
    if kind == "dateTime":
        day = date.today() + timedelta(days=chance.randint(-500, 500))
        return f"{day}T{chance.randint(0, 23):02}:{chance.choice((0, 30)):02}:00.000-05:00"
    if kind == "place":
        return f"{chance.randint(-60, 60)}.5 {chance.randint(-170, 170)}.25 0 0"
    return ""


def next_step(chance, form, ours, theirs):
    """Something that a person could do now; None where there is nothing."""
    questions, repeats, instances = [], [], []
    for path, one in ours.items():
        other = theirs.get(path)
        if other is None or other["what"] != one["what"]:
            continue
        if one["what"] == "repeat" and one["extensible"] == "1" and relevant_above(path, ours):
            if int(one["count"]) < MOST_INSTANCES:
                repeats.append(path)
            instances += [f"{path}[{place + 1}]" for place in range(int(one["count"]))]
        elif one["what"] == "leaf" and one["kind"] not in ("note", "calculate"):
            if one["relevant"] == other["relevant"] == "1" and one["readonly"] == "0":
                questions.append(path)
    draw = chance.random()
    if instances and draw < 0.05:
        return ("remove", chance.choice(instances))
    if repeats and draw < 0.15:
        return ("add", chance.choice(repeats))
    if not questions:
        return ("add", chance.choice(repeats)) if repeats else None
    for _ in range(5):
        path = chance.choice(questions)
        given = value(chance, form, path, ours[path])
        # JavaRosa takes the same answer once more for a change.
        if not same_value(given, ours[path]["value"], ours[path]["kind"]):
            return ("set", path, given)
    return None


def relevant_above(path, ours):
    outer = path
    while "/" in outer:
        outer = outer.rsplit("/", 1)[0]
        if ours.get(outer, {}).get("relevant") == "0":
            return False
    return True


class Walk:
    """One filling in both engines."""

    def __init__(self, form, ours, theirs):
        self.form, self.engines = form, (ours, theirs)
        self.given, self.gone, self.ours = {}, set(), {}
        ours.ask("load", str(form.book), datetime.now(PANAMA).strftime("%Y-%m-%dT%H:%M:%S"))
        theirs.ask("load", str(form.xform))
        self.look()

    def look(self, removed=False):
        """Reads both states and compares them."""
        ours, theirs = self.engines
        before = self.ours
        self.ours = state(ours)
        if not removed:
            self.regrow(before)
        try:
            self.theirs = state(theirs)
            fault = None
        except Fault as refused:
            fault = str(refused)
        if fault:
            self.differences = [("", "error", "goes on", fault)]
            return
        self.differences = compare(self.form, self.ours, self.theirs)
        self.forget()

    def regrow(self, before):
        """Where a count falls and grows again, Sondeo has the answers of the instances that come back, and JavaRosa has
        blank ones. That is meant, so JavaRosa is told."""
        _, theirs = self.engines
        self.gone |= {path for path, one in before.items() if one["what"] == "leaf" and path not in self.ours}
        back = [path for path in self.ours if path in self.gone]
        if back:
            state(theirs)  # on the way it makes the instances
        for path in back:
            self.gone.discard(path)
            one = self.ours[path]
            if one["kind"] not in ("note", "calculate"):
                try:
                    theirs.ask("set", path, escape(one["value"]))
                except Fault:
                    # It stands in a repeat whose count was just told.
                    state(theirs)
                    theirs.ask("set", path, escape(one["value"]))

    def forget(self):
        """JavaRosa forgets an answer that is no longer offered; Sondeo keeps it for when it is offered again. That is meant,
        so Sondeo is told what JavaRosa did."""
        ours, _ = self.engines
        for path, one in self.ours.items():
            if one["what"] == "leaf" and (one["kind"].startswith("select") or one["kind"] == "rank") and one["relevant"] == "1":
                if self.given.get(path) != one["value"]:
                    ours.ask("set", path, escape(one["value"]))
                self.given[path] = one["value"]

    def act(self, step):
        """Does a step in both; the faults of both."""
        order, path, *rest = step
        faults = []
        for engine in self.engines:
            try:
                engine.ask(order, path, *(escape(text) for text in rest))
                faults.append(None)
            except Fault as fault:
                faults.append(str(fault))
        if order == "remove":
            self.given.clear()
            self.gone.clear()
        elif order == "set":
            self.given[path] = rest[0]
        self.look(order == "remove")
        if faults[0] != faults[1] and not all(faults):
            self.differences.append((path, "error", faults[0] or "goes on", faults[1] or "goes on"))

    def can(self, step):
        """Whether a person could do this now: reducing takes steps away that others rest on."""
        order, path, *_ = step
        one, other = self.ours.get(path), self.theirs.get(path)
        if order == "add":
            return one is not None and other is not None
        if one is None or other is None:
            return False
        return order == "remove" or one["relevant"] == other["relevant"] == "1"


def key(difference):
    return (plain(difference[0]), difference[1])


def replay(form, ours, theirs, steps, wanted):
    """Whether these steps lead to a difference like the wanted one; the steps that were done, and the difference."""
    walk = Walk(form, ours, theirs)
    done = []
    for step in [None, *steps]:
        if step is not None:
            if not walk.can(step):
                continue
            walk.act(step)
            done.append(step)
        for difference in walk.differences:
            if key(difference) == wanted:
                return done, difference
    return None


def reduce(form, ours, theirs, steps, wanted):
    """The same difference after fewer steps: takes away halves, then quarters, then single ones, while it stays."""
    best = replay(form, ours, theirs, steps, wanted)
    if best is None:
        return None
    replays, size = 0, max(1, len(best[0]) // 2)
    while size >= 1 and replays < MOST_REPLAYS:
        place, shrunk = 0, False
        while place < len(best[0]) and replays < MOST_REPLAYS:
            fewer = best[0][:place] + best[0][place + size:]
            replays += 1
            found = replay(form, ours, theirs, fewer, wanted)
            if found and len(found[0]) < len(best[0]):
                best, shrunk = found, True
            else:
                place += size
        size = size if shrunk and size == 1 else size // 2
    return best


class Explained:
    """Lines of explained.txt: form, node with aspect (and what JavaRosa says), reason; the first two may have wildcards."""

    def __init__(self):
        self.lines, self.found = [], set()
        for line in (HERE / "explained.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                form, node, reason = line.split("\t")
                if not reason.strip():
                    raise SystemExit(f"oracle: explained.txt gives no reason for {form} {node}")
                self.lines.append((form, node))

    def knows(self, form, difference):
        node = "#".join(key(difference))
        for pattern, nodes in self.lines:
            said = f"{node}={difference[3]}"
            if fnmatch.fnmatchcase(form.name, pattern) and any(fnmatch.fnmatchcase(text, nodes) for text in (node, said)):
                self.found.add((form.name, node))
                return True
        return False


def tell(form, steps, difference):
    path, aspect, one, other = difference
    print(f"difference: {form.name}: {path} {aspect}")
    print(f"  form: {form.book}")
    for step in steps:
        print("  step: " + (f"{step[1]} = {step[2]}" if step[0] == "set" else f"{step[0]} {step[1]}"))
    print(f"  sondeo:   {one!r}\n  javarosa: {other!r}", flush=True)


def walk_form(form, ours, theirs, explained, options, budget):
    """Steps done and differences told."""
    done, seen, number = 0, set(), 0
    while done < budget and len(seen) < MOST_TOLD and number < budget:
        chance = random.Random(f"{options.seed} {form.name} {number}")
        number += 1
        walk = Walk(form, ours, theirs)
        steps, most = [], chance.randint(*STEPS_OF_WALK)
        while True:
            new = [one for one in walk.differences if key(one) not in seen and not explained.knows(form, one)]
            if new:
                order = list(walk.ours)
                first = min(new, key=lambda one: order.index(one[0]) if one[0] in order else 0)
                found = reduce(form, ours, theirs, steps, key(first))
                tell(form, *(found or (steps, first)))
                seen.add(key(first))
                break
            if len(steps) >= most or done >= budget:
                break
            step = next_step(chance, form, walk.ours, walk.theirs)
            if step is None:
                break
            walk.act(step)
            steps.append(step)
            done += 1
    return done, len(seen)


def is_form(book):
    """Beside the instruments stand texts about them."""
    return book.suffix in (".xlsx", ".xls", ".xlsm") or (book.suffix == ".md" and book.parent == HERE / "forms")


def books():
    """Name and workbook of every form there is."""
    shared = ROOT.parent / "shared"
    folders = [HERE / "forms", INSTRUMENTS, shared / "instruments", shared / "conformance/forms"]
    for folder in folders:
        for book in sorted(folder.glob("*")) if folder.is_dir() else []:
            if is_form(book):
                yield book.name, book


def main():
    parser = argparse.ArgumentParser(prog="./dev oracle", description="Compares Sondeo's engine with ODK's JavaRosa.")
    parser.add_argument("--seed", default="1", help="another seed, other walks")
    parser.add_argument("--steps", type=int, default=10000, help="over all forms")
    parser.add_argument("--form", default="", help="only forms whose name has this in it")
    parser.add_argument("--quiet", action="store_true", help="do not list the forms that are left out")
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    ours = Engine("sondeo", ["cargo", "test", "--quiet", "--test", "oracle"], {"SONDEO_ORACLE": "1"})
    theirs = Engine("javarosa", ["java", "-Xmx512m", "-Xss16m", "-Duser.timezone=America/Panama", "-Duser.language=en", "-cp", options.java, "Walk"])
    warnings.simplefilter("ignore")  # openpyxl's, of how workbooks look
    explained = Explained()
    ours.ask("export", str(INSTRUMENTS))
    forms, left = [], []
    for name, book in books():
        if options.form not in name:
            continue
        try:
            form = Form(name, book, convert(book, ROOT / ".tools/oracle-xforms"))
        except Exception as refused:  # pyxform has many
            left.append(f"{name}: pyxform: {str(refused).strip().splitlines()[0][:160]}")
            continue
        try:
            ours.ask("load", str(book), "2026-11-23T14:50:00")
            theirs.ask("load", str(form.xform))
            forms.append(form)
        except Fault as refused:
            left.append(f"{name}: {refused}"[:240])
    if not options.quiet:
        for line in left:
            print(f"left out: {line}")
    steps = differences = 0
    for place, form in enumerate(forms):
        # What is left goes to the forms that follow.
        budget = -(-(options.steps - steps) * form.weight // sum(other.weight for other in forms[place:]))
        try:
            done, told = walk_form(form, ours, theirs, explained, options, budget)
        except Fault as fault:
            print(f"difference: {form.name}: {fault}")
            done, told = 0, 1
        steps += done
        differences += told
    ours.close()
    theirs.close()
    print(f"oracle: {len(forms)} forms, {steps} steps, {differences} differences, {len(explained.found)} explained")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
