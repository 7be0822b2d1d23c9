#!/bin/sh
# The browser tests drive a real Chromium. Where there is none and we may, Debian's is installed.
set -eu
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "The browser tests need Chromium: install it (Debian, Ubuntu: sudo apt-get install chromium)" >&2
echo "or name one: CHROMIUM=/path/to/chrome make test" >&2
exit 1
