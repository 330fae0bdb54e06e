"""Reads a report with a program that others use for it, and says what it has found: read_report.py KIND FILE"""

import csv
import json
import sys
import xml.etree.ElementTree

kind, path = sys.argv[1:]

if kind == "junit":
    import junitparser

    # Python's own reader refuses what is not well-formed XML 1.0.
    xml.etree.ElementTree.parse(path)
    report = junitparser.JUnitXml.fromfile(path)
    suites = list(report)
    cases = [case for suite in suites for case in suite]
    results = [type(result).__name__ for case in cases for result in case.result]
    # Each result says why, in its message.
    assert all(result.message for case in cases for result in case.result)
    count = {name: results.count(name) for name in ("Failure", "Error", "Skipped")}
    print(f"{len(suites)} suites, {len(cases)} cases: {count['Failure']} failures, {count['Error']} errors, {count['Skipped']} skipped")
elif kind == "csv":
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    assert len({len(row) for row in rows}) == 1
    print(f"{len(rows)} rows of {len(rows[0])} cells")
elif kind == "gradescope":
    from pathlib import Path

    import gslocal.results

    with open(path, encoding="utf-8") as file:
        assert json.load(file)["tests"]
    gslocal.results.format_results(Path(path))
else:
    sys.exit(f"no reader of {kind}")
