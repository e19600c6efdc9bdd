#!/usr/bin/env bash
# Makes the README's pictures from a report with Debian's Chromium (apt-get install chromium):
#   tools/screenshot.sh quickstart/report.html docs/images
# report.png is the first screen, comparison.png the section that says who beats whom.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: tools/screenshot.sh REPORT.html FOLDER" >&2; exit 2; }
report="$(readlink -f "$1")"
[ -f "$report" ] || { echo "tools/screenshot.sh: no such file: $1" >&2; exit 2; }
mkdir -p "$2"
folder="$(readlink -f "$2")"
profile="$(mktemp -d)"
trap 'rm -rf "$profile"' EXIT

# name, width, height, fragment
shoot() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" \
    --disable-background-networking --disable-component-update --disable-sync --virtual-time-budget=2000 \
    --window-size="$2,$3" --screenshot="$folder/$1.png" "file://$report$4" 2>/dev/null
  echo "$folder/$1.png"
}

shoot report 1200 960 ""
shoot comparison 1200 900 "#comparison"
