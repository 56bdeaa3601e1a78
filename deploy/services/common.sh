# What the launchers share. Sourced by them, with their folder in $HERE.
# Progress goes to standard error; standard output carries the answer alone.

: "${PORTAL_SERVICES_HOME:?is set by services.py: use make services-up}"
SERVICE_USER=portal-services
LOG="$PORTAL_SERVICES_HOME/launch.log"
MISSING=3 # the exit status that means: this machine lacks something

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# Ends the launcher with what is missing, and how to get it, as its answer.
missing() {
    printf '%s\n' "$*"
    exit "$MISSING"
}

is_root() { [ "$(id -u)" = 0 ]; }

can_install() { is_root && command -v apt-get >/dev/null; }

# with_dots WORDS COMMAND…: runs the command into the log, a dot every two seconds.
with_dots() {
    local words=$1 status=0
    shift
    printf '%s ' "$words" >&2
    "$@" >>"$LOG" 2>&1 &
    local job=$!
    while kill -0 "$job" 2>/dev/null; do
        printf . >&2
        sleep 2
    done
    wait "$job" || status=$?
    [ "$status" = 0 ] && say " done" || { say " failed"; tail -n 20 "$LOG" >&2; }
    return "$status"
}

# install_packages NAME PACKAGE…: Debian's packages, after a fresh list of them.
install_packages() {
    local name=$1
    shift
    export DEBIAN_FRONTEND=noninteractive
    with_dots "$name: reading Debian's package lists" apt-get -o DPkg::Lock::Timeout=120 -q update &&
        with_dots "$name: installing $*" \
            apt-get -o DPkg::Lock::Timeout=120 -qy --no-install-recommends install "$@"
}

# The servers refuse to run as root, so root hands them to a system user of their own.
prepare_home() {
    if is_root && ! id "$SERVICE_USER" >/dev/null 2>&1; then
        useradd --system --home-dir "$PORTAL_SERVICES_HOME" --no-create-home \
            --shell /usr/sbin/nologin "$SERVICE_USER"
    fi
    cd "$PORTAL_SERVICES_HOME"
    ! is_root || chown "$SERVICE_USER" .
    as_owner test -w . || fail "The servers' user cannot write to $PORTAL_SERVICES_HOME: set PORTAL_SERVICES_HOME to another folder."
}

# as_owner COMMAND…: as the servers' user, with nothing of the caller's environment.
as_owner() {
    local clean=(env -i "PATH=$PATH" "HOME=$PORTAL_SERVICES_HOME" LC_ALL=C.UTF-8)
    if is_root; then
        runuser -u "$SERVICE_USER" -- "${clean[@]}" "$@"
    else
        "${clean[@]}" "$@"
    fi
}

# write_as_owner FILE: standard input into a file that the servers' user owns.
write_as_owner() { as_owner tee "$1" >/dev/null; }
