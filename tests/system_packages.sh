#!/bin/sh
# What the tests need and pip cannot bring: sh tests/system_packages.sh NAME...
# Where it is missing and we may, Debian's packages are installed; else it is said what to do.
set -eu

# found COMMAND...: whether one of the commands is there.
found() {
    for name; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

# install WHY PACKAGE...
install() {
    why=$1
    shift
    if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
        echo "$why needs $*. Debian, Ubuntu: sudo apt-get install $*" >&2
        return 1
    fi
    echo "Installing $* ($why needs it) ..."
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }; then
        echo "apt-get could not install $*: install it by hand, then try again" >&2
        return 1
    fi
}

for need; do
    case $need in
    chromium)
        if ! found "${CHROMIUM:-}" /usr/lib/chromium/chromium-headless-shell chromium \
            chromium-browser google-chrome google-chrome-stable; then
            # Not every release has the one without windows.
            install "Testing in a browser" chromium-headless-shell 2>/dev/null ||
                install "Testing in a browser" chromium || {
                echo "or name a browser: CHROMIUM=/path/to/chrome make test" >&2
                exit 1
            }
        fi
        ;;
    java)
        found java || install "The Nu HTML checker" default-jre-headless || exit 1
        ;;
    *)
        echo "tests/system_packages.sh does not know $need" >&2
        exit 2
        ;;
    esac
done
