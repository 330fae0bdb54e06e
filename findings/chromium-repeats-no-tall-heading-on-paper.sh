#!/usr/bin/env bash
# Chromium prints a table that is longer than a sheet. One expects its `thead` at the top of each sheet, as the standard style
# `display: table-header-group` says and as it is for a low one. But a heading that is taller than a quarter of the sheet is printed
# once, on the first sheet: no property of CSS asks for that, and on a screen nothing shows it. A grid whose headings are turned by a
# quarter, so that long names fit, is such a table: from its second sheet on nobody knows what a column is.
#
# Needs chromium, python3 and pdftotext (poppler-utils). Works in a folder of its own. Fails if what happens is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# printed MILLIMETRES: on how many sheets a table is printed whose heading is so high, and how often the heading is there
printed() {
  python3 - "$1" >page.html <<'END'
import sys
rows = "".join(f"<tr><td>row {number}</td></tr>" for number in range(120))
print("<!doctype html><html lang=en><meta charset=utf-8><title>table</title><style>@page { size: A4; margin: 0 } body { margin: 0 }"
      f"table {{ border-spacing: 0 }} td {{ height: 8mm; padding: 0 }} th {{ height: {sys.argv[1]}mm; padding: 0 }}</style>"
      f"<table><thead><tr><th>HEADING</th></tr></thead><tbody>{rows}</tbody></table></html>")
END
  chromium --headless --no-sandbox --disable-gpu --user-data-dir="$folder/profile" --no-pdf-header-footer --print-to-pdf=page.pdf "file://$folder/page.html" 2>/dev/null
  local text
  text=$(pdftotext page.pdf -)
  echo "$(grep -c $'\f' <<<"$text") sheets, $(grep -c HEADING <<<"$text") headings"
}
chromium --version
low=$(printed 74) tall=$(printed 75)
echo "a heading of 74 mm on A4, 297 mm: $low"
echo "a heading of 75 mm:               $tall   expected as many headings as sheets"
# Seen: 5 sheets, 5 headings; 4 sheets, 1 headings
[ "$low" = "5 sheets, 5 headings" ] && [ "$tall" = "4 sheets, 1 headings" ]
