#!/usr/bin/env bash
# Finds Chromium for the browser tests and prints its path: chromium.sh find | install
# (install fetches Debian's package first where that is possible).
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/common.sh"

find_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1 && command -v "$name" && return
    done
    return 1
}

case "${1:-}" in
find) find_browser ;;
install)
    find_browser && exit
    can_install && install_packages Chromium chromium fonts-liberation && find_browser && exit
    missing "Chromium: set CHROMIUM to the path of a Chromium or Chrome, or install the package chromium."
    ;;
*) fail "chromium.sh find | install" ;;
esac
