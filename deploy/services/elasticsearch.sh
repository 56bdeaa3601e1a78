#!/usr/bin/env bash
# Elasticsearch for tests on a machine without containers: elasticsearch.sh start PORT | port | stop
# Start comes back as soon as the server is launched; ready is when _cluster/health answers.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/common.sh"

ARCHIVE_VERSION=10.7.0.96327 # of the archive that carries Elasticsearch 8.14.1
ES="$PORTAL_SERVICES_HOME/elasticsearch"
SERVER="$ES/server-$ARCHIVE_VERSION"
HOW="set ELASTICSEARCH_URL to a server, or start Docker or Podman, or install Maven and a Java runtime from 17 to 23 (packages maven and default-jre-headless)."

java_fits() {
    local major
    major=$("$1/bin/java" -version 2>&1 | sed -nE 's/.* version "([0-9]+).*/\1/p') || return 1
    [ "${major:-0}" -ge 17 ] && [ "$major" -le 23 ]
}

# The home of a Java that Elasticsearch 8.14 runs on.
find_java() {
    local on_path home
    on_path=$(readlink -f "$(command -v java)" 2>/dev/null) || on_path=
    for home in "${ES_JAVA_HOME:-}" "${on_path%/bin/java}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        [ -n "$home" ] && [ -x "$home/bin/java" ] && java_fits "$home" && echo "$home" && return
    done
    return 1
}

need_java() {
    JAVA=$(find_java) && return
    can_install && install_packages Elasticsearch default-jre-headless && JAVA=$(find_java) && return
    missing "Elasticsearch: $HOW"
}

need_maven() {
    command -v mvn >/dev/null && return
    can_install && install_packages Elasticsearch maven && return
    missing "Elasticsearch: $HOW"
}

# Unpacked beside its place and then moved, so that a killed download leaves no half server.
unpack_server() {
    need_maven
    rm -rf "$SERVER.new"
    with_dots "Elasticsearch: fetching it with Maven (725 MB the first time)" \
        mvn --batch-mode --no-transfer-progress --update-snapshots --file "$HERE/pom.xml" \
        "-Darchive.version=$ARCHIVE_VERSION" "-Dunpack.to=$SERVER.new" \
        org.apache.maven.plugins:maven-dependency-plugin:unpack ||
        fail "Elasticsearch could not be fetched; all that Maven said is in $LOG."
    mv "$SERVER.new"/sonarqube-*/elasticsearch "$SERVER"
    rm -rf "$SERVER.new"
}

fill() { sed -e "s|@PORT@|$1|" -e "s|@HOME@|$ES|" "$HERE/$2"; }

write_config() {
    as_owner mkdir -p "$ES/config" "$ES/data" "$ES/logs" "$ES/tmp"
    fill "$1" elasticsearch.yml.template | write_as_owner "$ES/config/elasticsearch.yml"
    fill "$1" jvm.options.template | write_as_owner "$ES/config/jvm.options"
    write_as_owner "$ES/config/log4j2.properties" <"$SERVER/config/log4j2.properties"
    echo "$1" | write_as_owner "$ES/port"
}

# Its process id, when the process is still this server and no other that has taken the number.
server_pid() {
    local pid
    pid=$(cat "$ES/pid" 2>/dev/null) && [ -n "$pid" ] || return 1
    grep -qaF -- "$ES/tmp" "/proc/$pid/cmdline" 2>/dev/null && echo "$pid"
}

launch() {
    need_java
    [ -d "$SERVER" ] || unpack_server
    ! is_root || chown -R "$SERVICE_USER" "$ES"
    write_config "$1"
    cd "$SERVER"
    as_owner env "ES_JAVA_HOME=$JAVA" "$JAVA/bin/java" -Dcli.name=server \
        -Dcli.script=./bin/elasticsearch -Dcli.libs=lib/tools/server-cli \
        "-Des.path.home=$SERVER" "-Des.path.conf=$ES/config" -Des.distribution.type=tar \
        -cp 'lib/*:lib/cli-launcher/*' org.elasticsearch.launcher.CliToolLauncher \
        --daemonize --pidfile "$ES/pid" >>"$LOG" 2>&1 </dev/null || {
        tail -n 20 "$LOG" >&2
        fail "Elasticsearch did not start; more in $ES/logs."
    }
}

stop() {
    local pid
    pid=$(server_pid) || return 0
    kill "$pid"
    for _ in $(seq 40); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.5
    done
    kill -9 "$pid"
}

case "${1:-}" in
start)
    prepare_home
    mkdir -p "$ES"
    server_pid >/dev/null || launch "$2"
    ;;
port) server_pid >/dev/null && cat "$ES/port" ;;
stop) stop ;;
*) fail "elasticsearch.sh start PORT | port | stop" ;;
esac
