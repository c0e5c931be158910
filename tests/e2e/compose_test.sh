#!/usr/bin/env bash
# The containers as they are deployed: up, ingest, search, kill -9 of the ingest container within a load, up again.
# usage: compose_test.sh BIN-DIRECTORY
set -euo pipefail
bin=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tests/support/e2e.sh
source "$root/tests/support/e2e.sh"

find_compose() {
  if docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
  elif command -v docker-compose >/dev/null; then
    compose=(docker-compose)
  else
    skip "there is no docker compose"
  fi
  docker info >/dev/null 2>&1 || skip "no Docker engine answers"
  docker image inspect debian:bookworm-slim >/dev/null 2>&1 || docker pull -q debian:bookworm-slim >/dev/null 2>&1 ||
    skip "the image debian:bookworm-slim is not to be had"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

in_compose() {
  "${compose[@]}" -f "$root/deploy/docker-compose.yml" "$@"
}

broadsheet() {
  "$bin/broadsheet" --ingest "127.0.0.1:$BROADSHEET_INGEST_PORT" --search "127.0.0.1:$BROADSHEET_SEARCH_PORT" "$@"
}

wait_until_healthy() {
  for _ in $(seq 120); do
    broadsheet --timeout 2 health >/dev/null 2>&1 && return 0
    sleep 0.5
  done
  in_compose logs --tail 20 >&2
  fail "the services did not become healthy"
}

command -v docker >/dev/null || skip "there is no docker"
find_compose
export COMPOSE_PROJECT_NAME=broadsheet-test-$$ BROADSHEET_TAG=test
BROADSHEET_INGEST_PORT=$(free_port)
BROADSHEET_SEARCH_PORT=$(free_port)
export BROADSHEET_INGEST_PORT BROADSHEET_SEARCH_PORT
work=$(mktemp -d)
trap 'in_compose down -v --timeout 30 >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

in_compose build >"$work/build.log" 2>&1 || { tail -30 "$work/build.log" >&2; fail "the image could not be built"; }
in_compose up -d >"$work/up.log" 2>&1 || { tail -30 "$work/up.log" >&2; fail "up failed"; }
wait_until_healthy
echo "ok: both are healthy"

broadsheet ingest "$root/tests/data/articles" --visible | expect "samples go in" '27 articles .* 1 updated, 1 duplicate$'
broadsheet search 'orvane dam' --facet language | expect "and come out" '\[Orvane\]'
in_compose exec -T search broadsheet search wielgo | expect "within the containers, too" '\[Wielgo\]'
in_compose exec -T search sh -c 'touch /data/x || touch /x || true' 2>&1 | expect "search cannot write" 'Read-only'
in_compose exec -T ingest id -u | expect "nobody is root" '^10001$'

make_articles 6000 >"$work/made.jsonl"
broadsheet ingest "$work/made.jsonl" --patience 0 --results "$work/before" >/dev/null 2>&1 &
load=$!
wait_for_lines "$work/before" 300 "$load"
in_compose kill -s SIGKILL ingest >/dev/null 2>&1
code=0
wait "$load" || code=$?
expect "the load was cut off" '^3$' <<<"$code"
in_compose up -d >/dev/null 2>&1
wait_until_healthy
broadsheet ingest "$work/made.jsonl" --visible --results "$work/after" | expect "it goes on" '^6000 articles'
expect_nothing_lost "$work/before" "$work/after"
broadsheet search zephyrine --exact-total --json | jq -r .total.value | expect "all are found" '^6000$'

started=$SECONDS
in_compose stop >/dev/null 2>&1
((SECONDS - started < 30)) || fail "the services did not stop within their grace period"
docker inspect -f '{{.State.ExitCode}}' "$(in_compose ps -aq ingest 2>/dev/null || in_compose ps -q ingest)" |
  expect "SIGTERM is a clean end" '^0$'
