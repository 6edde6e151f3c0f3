# peers.py - what other tools make of the same recordings, and why we differ where we do.
#
# Usage: peers.py BRAYER CORPUS DOCUMENT
# Prints a table (agree, differ, not comparable, by peer and field) and each disagreement with the
# rule of docs/PEERS.md that explains it. Fails where a disagreement has no rule, a rule explains
# nothing, or the document says other numbers; BRAYER_GOLDEN=1 writes the numbers into it.
# SPDX-License-Identifier: MIT
import json
import os
import re
import subprocess
import sys
import tempfile

BRAYER, CORPUS, DOCUMENT = sys.argv[1:4]
WORK = tempfile.mkdtemp(prefix="brayer-peers.")
AGREE, DIFFER, NONE = 0, 1, 2
table = {}  # (peer, field): [agree, differ, not comparable]
differences = []


# --- reading -----------------------------------------------------------------------------------


def config():
    path = os.path.join(WORK, "brayer.conf")
    if not os.path.exists(path):
        os.mkdir(os.path.join(WORK, "mibs.d"))
        with open(path, "w") as out:
            out.write("[brayer]\nmibs = %s/mibs.d\n" % WORK)
        os.chmod(path, 0o600)
    return path


def read(path):
    said = subprocess.run(
        [BRAYER, "read", "--config", config(), "--json", "walk:" + path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if said.returncode != 0:
        raise SystemExit("%s: %s" % (path, said.stderr.decode()))
    return json.loads(said.stdout.decode().splitlines()[0])


def of_corpus(name):
    return read(os.path.join(CORPUS, name))


def number(value):
    return re.fullmatch(r"-?\d+", value) is not None


def made_of(rows):
    """A reading of rows {dotted name: value}: integers as such, all else as octets."""
    path = os.path.join(WORK, "made.snmprec")
    with open(path, "w") as out:
        for name in sorted(rows, key=lambda n: [int(arc) for arc in n.split(".")]):
            value = rows[name]
            if re.fullmatch(r"[0-9.]+\.[0-9.]+", value) and name.endswith("1.1.2.0"):
                out.write("%s|6|%s\n" % (name, value))
            elif number(value):
                out.write("%s|2|%s\n" % (name, value))
            else:
                out.write("%s|4x|%s\n" % (name, value.encode().hex()))
    return read(path)


# --- comparing ---------------------------------------------------------------------------------


def note(peer, field, verdict, where="", theirs=None, ours=None, **more):
    table.setdefault((peer, field), [0, 0, 0])[verdict] += 1
    if verdict == DIFFER:
        differences.append(dict(more, peer=peer, field=field, where=where, theirs=theirs, ours=ours))


def compare(peer, field, where, theirs, ours, **more):
    if theirs is None:
        note(peer, field, NONE)
    else:
        note(peer, field, AGREE if theirs == ours else DIFFER, where, theirs, ours, **more)


def words(text):
    return None if text is None else " ".join(text.split())


MAKERS = {
    "brother": "Brother", "canonprinter": "Canon", "dell-laser": "Dell", "developprinter": "Develop",
    "epson": "Epson", "epson-scanner": "Epson", "fujifilmprinter": "Fujifilm", "gestetner": "Gestetner",
    "jetdirect": "HP", "konica": "Konica Minolta", "kyocera": "Kyocera", "lanier": "Lanier",
    "lexmarkprinter": "Lexmark", "nrg": "NRG", "okilan": "OKI", "ricoh": "Ricoh", "samsungprinter": "Samsung",
    "savin": "Savin", "sharp": "Sharp", "toshiba-tec": "Toshiba", "tsc": "TSC", "utax": "UTAX",
    "xerox": "Xerox", "zebra": "Zebra",
}
TYPES = {"tonerCartridge": "toner-cartridge", "wasteToner": "waste-toner", "transferUnit": "transfer-unit",
         "inkCartridge": "ink-cartridge", "markerSupply": None}


def rows_of(peer, field, file, theirs, ours, raw_of):
    """Supplies or trays by index; theirs and ours may each lack rows."""
    mine = {row.get("index"): row for row in ours}
    seen = set()
    for row in theirs:
        index = int(row["index"])
        own = mine.get(index)
        where = "%s #%s" % (file, index)
        seen.add(index)
        compare(peer, field, where, row["percent"], own and own.get("percent"), own=own or {}, row=row)
        if own and field == "supplies":
            compare(peer, "supply types", where, TYPES.get(row["type"], row["type"]), own.get("type"))
            compare(peer, "supply texts", where, words(row["description"]), own.get("description"))
        elif own:
            compare(peer, "tray texts", where, words(row["description"]), own.get("name") or own.get("description"))
    for index, own in sorted(mine.items()):
        if index not in seen:
            note(peer, field, DIFFER, "%s #%s" % (file, index), "no such row", own.get("level"), own=own)


def librenms(file, expectation, reading):
    peer, who, they = "LibreNMS", reading["identity"], expectation.get("identity", {})
    compare(peer, "maker", file, MAKERS[they["os"]], who.get("maker"), description=who.get("description", ""))
    compare(peer, "model", file, they.get("hardware"), who.get("model"))
    compare(peer, "serial", file, they.get("serial"), who.get("serial"))
    compare(peer, "firmware", file, they.get("version"), who.get("firmware"))
    compare(peer, "sysObjectID", file, they["sysObjectID"].lstrip("."), who.get("object_id"))
    compare(peer, "sysDescr", file, words(they.get("sysDescr")), who.get("description"))
    if "supplies" in expectation:
        rows_of(peer, "supplies", file, expectation["supplies"], reading["supplies"], None)
    if "trays" in expectation:
        rows_of(peer, "trays", file, expectation["trays"], reading["trays"], None)
    origins = {basis["origin"]: reading["counters"][name] for name, basis in reading["counter_basis"].items()}
    for row in expectation.get("counters", []):
        compare(peer, "counters", "%s %s" % (file, row["description"]), row["value"], origins.get(row["oid"]),
                oid=row["oid"])
    for row in expectation.get("status", []):
        status = reading["status"]
        if row["type"] == "hrDeviceStatus":
            device = {2: "running", 3: "warning", 4: "testing", 5: "down"}.get(row["value"])
            compare(peer, "hrDeviceStatus", file, device, status.get("device"))
        else:
            compare(peer, "error bits", file, [] if row["value"] == 0 else None, status.get("errors"))


def printmaster(file, expectation, reading):
    peer, who, they = "PrintMaster", reading["identity"], expectation["identity"]
    compare(peer, "maker", file, they.get("vendor"), who.get("maker"))
    compare(peer, "serial", file, they.get("serial"), who.get("serial"))
    compare(peer, "sysDescr", file, words(they.get("sysDescr")), who.get("description"))
    if they.get("hrDeviceDescr"):
        whole = ("%s %s" % (who.get("maker"), who.get("model"))).lower()
        compare(peer, "model", file, they["hrDeviceDescr"].lower(), whole)
    compare(peer, "enterprise", file, str(they["enterprise"]), who.get("object_id", "").split(".")[6])
    compare(peer, "has supplies", file, expectation["asserts"]["has_supplies"], bool(reading["supplies"]))
    compare(peer, "has page count", file, expectation["asserts"]["has_page_count"], "total" in reading["counters"])


def web_page(file, expectation, reading):
    ours = {row["index"]: row.get("percent") for row in reading["supplies"]}
    for row in expectation["supplies"]:
        compare("printer's web page", "supplies", file, row["percent"], ours.get(int(row["index"], 16)))


def cups(file, expectation, reading):
    for row in expectation["supplies"]:
        own = reading["supplies"][row["index"] - 1]
        compare("CUPS", "supplies", file, row["percent"], own.get("percent"))
        compare("CUPS", "supply types", file, row["type"], own.get("type"))
        compare("CUPS", "supply texts", file, row["description"], own.get("description"))
        compare("CUPS", "colours", file, {"#000000": "black"}.get(row["color"]), own.get("colorant"))


PEERS = {"LibreNMS": librenms, "PrintMaster": printmaster, "reporter (printer web page)": web_page,
         "CUPS (patched)": cups}


def recordings():
    for name in sorted(os.listdir(os.path.join(CORPUS, "expected"))):
        with open(os.path.join(CORPUS, "expected", name)) as source:
            document = json.load(source)
        for expectation in document.get("expectations", []):
            if not document.get("file", "").startswith("snmp/"):
                continue  # brother/: brother_library_test; pjl, ipp, ledm, http: no SNMP
            file = document["file"]
            PEERS[expectation["peer"]](file[5:-8], expectation, of_corpus(file))


def identification():
    with open(os.path.join(CORPUS, "ids", "librenms_identification.json")) as source:
        examples = json.load(source)["examples"]
    for row in examples:
        path = os.path.join(CORPUS, row["file"])
        rows = {"1.3.6.1.2.1.1.1.0": row["sysDescr"], "1.3.6.1.2.1.1.2.0": row["sysObjectID"],
                "1.3.6.1.2.1.25.3.2.1.3.1": row["hrDeviceDescr"],
                "1.3.6.1.2.1.25.3.5.1.1.1": "3"}
        reading = read(path) if os.path.exists(path) else made_of({k: v for k, v in rows.items() if v})
        who = reading["identity"]
        compare("LibreNMS, 62 ids", "maker", row["file"][5:-8], MAKERS[row["os"]], who.get("maker"),
                description=who.get("description", ""))


# --- Checkmk's case tables ---------------------------------------------------------------------


def checkmk(name):
    with open(os.path.join(CORPUS, "expected", "checkmk_printer_%s.json" % name)) as source:
        return json.load(source)


SUPPLY = "1.3.6.1.2.1.43.11.1.1.%d.1.%d"
COLOURS = ("black", "cyan", "magenta", "yellow")


def supplies_of(rows, colorants):
    made = {"1.3.6.1.2.1.25.3.5.1.1.1": "3"}
    for index, value in colorants:
        made["1.3.6.1.2.1.43.12.1.1.4." + index] = value
    for at, row in enumerate(rows, 1):
        columns = dict(zip((6, 7, 8, 9, 4, 3), row))
        for column, value in columns.items():
            if value not in (None, ""):
                made[SUPPLY % (column, at)] = value
    return {row["index"]: row for row in made_of(made)["supplies"]}


def named_colour(item):
    word = item.split()[0].lower()
    return word if word in COLOURS else None


def supply_case(case):
    peer, rows = "Checkmk", case["rows"]
    ours = supplies_of(rows, case["colorants"])
    bare = [re.sub(r"^(Black|Cyan|Magenta|Yellow) ", "", case["item"])]
    at = next((i for i, row in enumerate(rows, 1) if row[0].rstrip("\0") == case["item"]), 0) or next(
        i for i, row in enumerate(rows, 1) if row[0] in bare)
    own, row, expect = ours.get(at, {}), rows[at - 1], case["expect"]
    where = "%s unit %s capacity %s level %s class %s" % (case["item"], *row[1:5])
    more = {"row": row, "case": case, "own": own}
    if not expect:
        compare(peer, "supplies", where, "no row", "a row" if own else "no row", **more)
        return
    percents = [e["percent"] for e in expect if "percent" in e]
    summary = expect[0].get("summary", "")
    if percents:
        compare(peer, "supplies", where, percents[0], own.get("percent"), **more)
    elif "parsed" in expect[0]:
        parsed = expect[0]["parsed"]
        compare(peer, "supplies", where, [parsed["capacity"], parsed["level"], parsed["color"], "consumed"],
                [own["capacity"], own["level"], own["colorant"], own["role"]], **more)
        compare(peer, "supply texts", where, case["item"], own["description"])
    else:
        kind = {"Some": "some", "Ther": "unlimited", "Unkn": "unknown", "Supp": "unknown"}[summary[:4]]
        compare(peer, "supplies", where, kind, own.get("kind"), **more)
    compare(peer, "colours", where, named_colour(case["item"]), own.get("colorant"), **more)


def checkmk_supplies():
    document = checkmk("supply")
    for case in document["cases"]:
        supply_case(case)
    vectors = document["table"]
    ours = supplies_of(vectors["rows"], vectors["colorants"])
    for at, expect in enumerate(vectors["expect"], 1):
        own = ours[at]
        more = {"row": vectors["rows"][at - 1], "own": own, "case": {}}
        if expect["percent"] is None:
            compare("Checkmk", "supplies", expect["item"], "unknown", own["kind"], **more)
        else:
            compare("Checkmk", "supplies", expect["item"], expect["percent"], own.get("percent"), **more)
        compare("Checkmk", "colours", expect["item"], named_colour(expect["item"]), own.get("colorant"), **more)


def tray_of(row, entry, columns):
    made = {"1.3.6.1.2.1.25.3.5.1.1.1": "3"}
    for column, value in zip(columns, row[1:]):
        if value:
            made["1.3.6.1.2.1.43.%s.%d.%s" % (entry, column, row[0])] = value
    reading = made_of(made)
    return (reading["trays"] + reading["outputs"] or [{}])[0]


def checkmk_trays():
    document = checkmk("trays")
    for case in document["inputs"]:
        own = tray_of(case["row"], "8.2.1", (13, 18, 11, 8, 9, 10))
        where = case["row"][2]
        if isinstance(case["expect"], str):
            compare("Checkmk", "trays", where, "no row", "a row" if own else "no row", own=own)
            continue
        said = dict((text.split(":")[0], text) for _, text in case["expect"])
        percent = re.search(r"([\d.]+)%", said["Remaining"])
        compare("Checkmk", "trays", where, float(percent.group(1)), own.get("percent"), own=own)
        if "Offline" in said or "Transitioning" in said:
            compare("Checkmk", "tray states", where, "problem" if "Offline" in said else "ok", own["state"])
    for case in document["outputs"]:
        own = tray_of(case["row"], "9.2.1", (7, 12, 6, 3, 4, 5))
        filled = float(re.search(r"Filled: ([\d.]+)", str(case["expect"])).group(1))
        compare("Checkmk", "trays", case["row"][2], filled, 100 - own["percent"], own=own, output=True)


def alert_of(severity, group, index, code, text):
    made = {"1.3.6.1.2.1.25.3.5.1.1.1": "3", "1.3.6.1.2.1.25.3.2.1.5.1": "2"}
    for column, value in zip((2, 4, 5, 7, 8), (severity, group, index, code, text)):
        if value:
            made["1.3.6.1.2.1.43.18.1.1.%d.1.1" % column] = value
    reading = made_of(made)
    return reading["status"]["severity"], reading["alerts"]


SEVERITIES = {"OK": "ok", "WARN": "warning", "CRIT": "critical", "UNKNOWN": "unknown"}


def checkmk_alerts():
    document = checkmk("alerts")
    for case in document["cases"]:
        severity, alerts = alert_of(*case["row"])
        compare("Checkmk", "alerts", "row %s" % case["row"], SEVERITIES[case["state"]], severity, row=case["row"])
    for state, codes in document["code_states"].items():
        for code in codes if isinstance(codes, list) else (4, 6, 7, 19, 20, 23, 24, 25, 27, 502, 503, 504, 505,
                                                            506, 507):
            severity, alerts = alert_of("4", "5", "1", str(code), "")
            compare("Checkmk", "alert codes", "code %d sent as warning" % code, SEVERITIES.get(state, "ok"), severity,
                    row=["4", "5", "1", str(code), ""])


# --- why ---------------------------------------------------------------------------------------


def raw(d, member):
    return d.get("own", {}).get(member)


def row_is(d, at, *values):
    return d.get("row") is not None and isinstance(d["row"], list) and d["row"][at] in values


# First match wins. The sentences are in docs/PEERS.md.
RULES = [
    ("R1", lambda d: d["theirs"] == 50 and raw(d, "level") == -3),
    ("R2", lambda d: d["theirs"] in ("no such row", "no row") and
        (raw(d, "level") in (-2, None) or raw(d, "capacity") in (-2, None))),
    ("R3", lambda d: d["peer"] == "Checkmk" and row_is(d, 4, "4") and d["field"] == "supplies"),
    ("R4", lambda d: raw(d, "capacity") in (-2, 0) and d["ours"] is None and isinstance(d["theirs"], (int, float))),
    ("R5", lambda d: d["peer"] == "Checkmk" and d.get("case", {}).get("params", {}).get("upturn_toner")),
    ("R6", lambda d: d["field"] == "colours" and d["ours"] is None and not d.get("own", {}).get("colorant")),
    ("R7", lambda d: d.get("output")),
    ("R8", lambda d: d["field"] in ("alerts", "alert codes")),
    ("R9", lambda d: d["field"] == "counters" and d["ours"] is None and ".2385.1.1.19." in d["oid"]),
    ("R10", lambda d: d["field"] == "model" and d["ours"] and d["theirs"].startswith(d["ours"].split(" series")[0])),
    ("R11", lambda d: d["field"] == "maker" and "JETDIRECT" in d["description"] and d["ours"] == "Kyocera"),
    ("R12", lambda d: d["field"] == "maker" and d["theirs"] == "Xerox" and d["ours"] == "Fujifilm"),
    ("R13", lambda d: "zebra" in d["where"] and d["field"] in ("model", "serial")),
    ("R14", lambda d: d["field"] == "error bits" and d["theirs"] == []),
    ("R15", lambda d: "epson-scanner" in d["where"] and d["ours"] is None),
    ("R16", lambda d: d["field"] == "firmware" and d["ours"] is None and d["where"][:3] in ("oki", "kon")),
    ("R17", lambda d: raw(d, "level") is not None and d["ours"] == 99 and d["theirs"] == 100),
    ("R18", lambda d: d["field"] == "supply texts" and d["theirs"].replace(" ", "") == (d["ours"] or "").replace(" ", "")),
]


def explain():
    used, silent = {}, []
    for d in differences:
        rule = next((name for name, fits in RULES if fits(d)), None)
        used.setdefault(rule, []).append(d)
        if rule is None:
            silent.append(d)
    return used, silent


# --- saying ------------------------------------------------------------------------------------


def lines_of_table():
    yield "| peer | field | agree | differ | not comparable |"
    yield "|---|---|---|---|---|"
    for (peer, field), counts in sorted(table.items()):
        yield "| %s | %s | %d | %d | %d |" % (peer, field, *counts)
    yield "| all | | %d | %d | %d |" % tuple(sum(c[i] for c in table.values()) for i in range(3))


def document_is(used):
    """The numbers and the rules of the document are those of this run."""
    with open(DOCUMENT) as source:
        text = source.read()
    begin, end = "<!-- numbers -->\n", "<!-- end -->"
    numbers = "\n".join(lines_of_table()) + "\n\nDisagreements by rule: " + ", ".join(
        "%s %d" % (rule, len(used.get(rule, []))) for rule, _ in RULES) + ".\n"
    head, rest = text.split(begin)
    tail = rest.split(end)[1]
    if os.environ.get("BRAYER_GOLDEN") == "1":
        with open(DOCUMENT, "w") as out:
            out.write(head + begin + numbers + end + tail)
        return []
    wrong = []
    if rest.split(end)[0] != numbers:
        wrong.append("%s has other numbers: if that is meant, BRAYER_GOLDEN=1" % DOCUMENT)
    described = re.findall(r"^\*\*(R\d+)\*\*", text, re.M)
    if described != [rule for rule, _ in RULES]:
        wrong.append("%s describes %s" % (DOCUMENT, described))
    return wrong


def main():
    recordings()
    identification()
    checkmk_supplies()
    checkmk_trays()
    checkmk_alerts()
    used, silent = explain()
    print("\n".join(lines_of_table()))
    for rule, _ in RULES:
        for d in used.get(rule, []):
            print("%-4s %s, %s, %s: they say %s, we %s" % (rule, d["peer"], d["field"], d["where"], d["theirs"], d["ours"]))
    failures = ["no rule explains %s, %s, %s: they say %s, we %s" % (
        d["peer"], d["field"], d["where"], d["theirs"], d["ours"]) for d in silent]
    failures += ["%s explains nothing any more" % rule for rule, _ in RULES if rule not in used]
    failures += document_is(used)
    for failure in failures:
        print("failed " + failure)
    passed = sum(c[AGREE] for c in table.values()) + len(differences) - len(silent)
    print("%d passed, %d failed, 0 skipped" % (passed, len(failures)))
    return 1 if failures else 0


try:
    sys.exit(main())
finally:
    for name in ("made.snmprec", "brayer.conf"):
        if os.path.exists(os.path.join(WORK, name)):
            os.unlink(os.path.join(WORK, name))
    if os.path.isdir(os.path.join(WORK, "mibs.d")):
        os.rmdir(os.path.join(WORK, "mibs.d"))
    os.rmdir(WORK)
