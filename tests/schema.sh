#!/bin/sh
# schema.sh - every golden reading against docs/reading.schema.json, with a real validator.
# Files hold one reading, or one a line. The validator is Debian's python3-jsonschema; without it
# the test is skipped aloud. Then readings are broken on purpose: each must be refused.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import jsonschema' 2>/dev/null; then
	echo 'skipped schema: needs python3 with jsonschema (Debian: python3-jsonschema)'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
fi
exec "$python" - "$@" <<'END'
import copy
import glob
import json
import re
import sys

import jsonschema

passed = failed = skipped = 0


def verdict(name, complaint):
    global passed, failed
    if complaint:
        print("%s\nfailed %s" % (complaint, name))
        failed += 1
    else:
        passed += 1


def beyond_schema(reading):
    """What the contract promises and a schema cannot say."""
    if set(reading["counters"]) != set(reading["counter_basis"]):
        return "counters and counter_basis have different names"
    for part in ("supplies", "trays", "outputs"):
        ids = [row["id"] for row in reading[part]]
        if len(set(ids)) != len(ids):
            return "an id stands twice in %s" % part
    return None


def complaint_about(reading):
    error = jsonschema.exceptions.best_match(validator.iter_errors(reading))
    if error is not None:
        where = "/".join(str(step) for step in error.absolute_path)
        return "%s: %s" % (where, error.message[:300])
    return beyond_schema(reading)


def readings_of(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        return [json.loads(text)]
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def mutations(reading):
    def change(name, edit):
        broken = copy.deepcopy(reading)
        edit(broken)
        return name, broken

    yield change("null member", lambda r: r["identity"].update(model=None))
    yield change("unknown member", lambda r: r.update(extra=1))
    yield change("unknown identity", lambda r: r["identity"].update(user="somebody"))
    yield change("empty text", lambda r: r["identity"].update(model=""))
    yield change("control character", lambda r: r["identity"].update(model="a\u0007b"))
    yield change("other schema", lambda r: r.update(schema="brayer.reading/2"))
    yield change("missing list", lambda r: r.pop("supplies"))
    yield change("text for a number", lambda r: r["counters"].update(total="12"))
    yield change("counter without basis", lambda r: (r["counters"].update(total=1),
                                                     r["counter_basis"].pop("total", None)))
    supply = {"id": "toner-black", "kind": "some", "state": "ok"}
    yield change("percent not measured", lambda r: r["supplies"].append(dict(supply, percent=50)))
    yield change("measured without percent", lambda r: r["supplies"].append(dict(supply, kind="measured")))
    yield change("percent above 100", lambda r: r["supplies"].append(
        dict(supply, kind="measured", percent=101)))
    yield change("the same id twice", lambda r: r["supplies"].extend(
        [dict(supply, id="x"), dict(supply, id="x")]))


with open("docs/reading.schema.json", encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)

with open("shared/model/reading.h", encoding="utf-8") as file:
    names = set(re.findall(r"X\([A-Z0-9_]+, ([a-z0-9_]+)\)", file.read()))
known = set(schema["properties"]["counters"]["properties"])
verdict("counters of reading.h", "not in the schema or not in reading.h: %s" % sorted(names ^ known)
        if names ^ known or not names else None)
with open("docs/READING.md", encoding="utf-8") as file:
    documented = set(re.findall(r"[a-z0-9_]+", file.read().split("## Counters")[1]))
verdict("counters of READING.md", "not documented: %s" % sorted(names - documented)
        if names - documented else None)

paths = sys.argv[1:] or sorted(glob.glob("tests/golden/json/**/*.json", recursive=True))
if not paths:
    print("skipped goldens: there is no tests/golden/json/*.json")
    skipped += 1
paths += ["tests/model/every_member.json", "tests/model/no_member.json"]
first = None
for path in paths:
    try:
        readings = readings_of(path)
        complaint = None if readings else "no reading in it"
        for number, reading in enumerate(readings, 1):
            found = complaint_about(reading)
            if found and not complaint:
                complaint = "%s, reading %d: %s" % (path, number, found)
        if first is None and complaint is None:
            first = readings[0]
    except (OSError, ValueError) as error:
        complaint = "%s: %s" % (path, error)
    verdict(path, complaint)

if first is None:
    verdict("mutations", "no good reading to break")
else:
    for name, broken in mutations(first):
        verdict("refuses: " + name, None if complaint_about(broken) else "taken for good: " + name)

print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
sys.exit(1 if failed else 0)
END
