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

# a copy with nothing but the comparison; the page's own policy would refuse the added style
sed 's#<meta http-equiv="Content-Security-Policy"[^>]*>#<style>header.page, nav, section:not(\#comparison) { display: none !important }</style>#' \
  "$report" >"$profile/comparison.html"

# name, height, page
shoot() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" \
    --disable-background-networking --disable-component-update --disable-sync --virtual-time-budget=2000 \
    --window-size="1200,$2" --screenshot="$folder/$1.png" "file://$3" 2>/dev/null
  echo "$folder/$1.png"
}

shoot report 1200 "$report"
shoot comparison 620 "$profile/comparison.html"
