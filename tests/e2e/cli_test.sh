#!/usr/bin/env bash
# The command line tool with both real services: samples in, answers out, rejections, and kill -9 within a load.
# usage: cli_test.sh BIN-DIRECTORY
set -euo pipefail
bin=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=deploy/services.sh
source "$root/deploy/services.sh"
# shellcheck source=tests/support/e2e.sh
source "$root/tests/support/e2e.sh"

data=$(mktemp -d)
trap 'stop_services; rm -rf "$data"' EXIT

# shellcheck disable=SC2154  # set by start_services
broadsheet() {
  "$bin/broadsheet" --ingest "$ingest_address" --search "$search_address" "$@"
}

code_of() { # COMMAND...
  local code=0
  "$@" >/dev/null 2>&1 || code=$?
  echo "$code"
}

least_niceness_of() { # PID
  ps -L -o ni= -p "$1" | sort -n | head -1 | tr -d ' '
}

ingest_gives_way() {
  local own
  own=$(nice)
  least_niceness_of "$search_pid" | expect "light searches give way to nobody" "^$own\$"
  ps -L -o ni= -p "$search_pid" | grep -c '^ *19$' | expect "the lexicon and the search for damage give way to all" '^2$'
  least_niceness_of "$ingest_pid" | expect "ingest gives way to them" '^19$'
}

samples_become_answers() {
  broadsheet ingest "$root/tests/data/articles" --visible |
    expect "all samples are taken" '27 articles .* created, 1 updated, 1 duplicate$'
  broadsheet ingest "$root/tests/data/articles" | expect "the same again changes nothing" ': 2[67] unchanged'
  broadsheet search 'ferry marigold' --facet source:3 | expect "a snippet is highlighted" '\[Marigold\]'
  broadsheet search '"3+3"' | expect "3+3 finds 3 + 3" '^[4-9] articles'
  broadsheet search 地震 --json | jq -r '.hits[0].article.language' | expect "Japanese is found" '^ja'
  broadsheet search --language de --json | jq -r '.hits[].article.title' | expect "the Windows-1252 page" 'geräumt'
  broadsheet get brennick-post-77 | expect "the correction stands" '3,900 people'
  broadsheet get brennick-post-77 --revisions | wc -l | expect "and so does its history" '^2$'
  broadsheet get undated-recipe-1 | expect "no date is invented" 'published +undated'
  broadsheet get impossible-date-1 | expect "an impossible one neither" 'published +undated'
  broadsheet preview "$root/tests/data/articles/ferry-forum.txt" | expect "preview says what would be" 'unchanged'
  broadsheet export --resume-file "$data/place" | wc -l | expect "an export has every article" '^26$'
  broadsheet export --resume-file "$data/place" | wc -l | expect "and goes on where it was" '^0$'
  broadsheet export marigold --card | jq -r .title | expect "or those that match" Marigold
  broadsheet status | expect "status counts" 'articles +26,'
}

suggestions() { # TEXT: once there are any, since the lexicon follows the index within seconds
  for _ in $(seq 100); do
    ! broadsheet suggest "$1" 2>/dev/null | grep -q '^query' || break
    sleep 0.1
  done
  broadsheet suggest "$1"
}

more_is_found() {
  broadsheet similar brennick-post-77 | expect "similar articles say by what" '^by .*Brennick'
  broadsheet similar --text 'a ferry ran aground at night' -n 1 | expect "and so for a text" '^  1\. '
  code_of broadsheet similar no-such-id | expect "what is not there is like nothing" '^1$'
  code_of broadsheet similar | expect "similar needs something" '^2$'
  suggestions ferr | expect "words are completed" '^query +ferry  [0-9]+$'
  broadsheet about ferry | expect "about counts" '^[0-9]+ of [0-9]+ articles looked at$'
  broadsheet trends --since 2025-09-01 --until 2025-10-01 | expect "trends compare" '^[0-9]+ articles, [0-9]+ to compare with$'
}

failures_are_told() {
  { broadsheet ingest "$root/tests/data/rejected" --rejected "$data/bad.jsonl" 2>/dev/null || true; } |
    expect "one bad article fails nobody else" '1 created, 2 rejected'
  jq -r .reason "$data/bad.jsonl" | paste -sd ' ' | expect "with reasons" '^REASON_EMPTY_CONTENT REASON_INVALID_ID$'
  code_of broadsheet ingest "$root/tests/data/rejected" | expect "rejected ones give exit code 1" '^1$'
  code_of broadsheet get no-such-id | expect "and so does what is not there" '^1$'
  code_of broadsheet health | expect "health is 0" '^0$'
  broadsheet ingest "$root/tests/data/streams/live.jsonl" |
    expect "a live feed" '2 created, 1 updated, 1 deleted, 1 stale'
}

kill_within_a_load() {
  make_articles 4000 >"$data/made.jsonl"
  broadsheet ingest "$data/made.jsonl" --patience 0 --results "$data/before" >/dev/null 2>&1 &
  local load=$! code=0
  wait_for_lines "$data/before" 300 "$load"
  kill -KILL "$ingest_pid"
  wait "$load" || code=$?
  expect "a load that is cut off says so" '^3$' <<<"$code"
  wait "$ingest_pid" 2>/dev/null || true
  (($(wc -l <"$data/before") < 4000)) || fail "the kill came after the load; make it longer"
  start_ingest "$bin" "$data"
  wait_until_healthy "$bin" ingest
  broadsheet ingest "$data/made.jsonl" --visible --results "$data/after" | expect "the load goes on" '^4000 articles'
  expect_nothing_lost "$data/before" "$data/after"
  broadsheet search zephyrine --exact-total --json | jq -r .total.value | expect "all are found" '^4000$'
}

reconnect_within_a_load() {
  local address=$ingest_address load code=0
  sed 's/"made-/"again-/' "$data/made.jsonl" >"$data/again.jsonl"
  broadsheet ingest "$data/again.jsonl" --results "$data/again" >"$data/again.out" 2>&1 &
  load=$!
  wait_for_lines "$data/again" 300 "$load"
  kill -KILL "$ingest_pid"
  wait "$ingest_pid" 2>/dev/null || true
  start_ingest "$bin" "$data" "$address"
  wait "$load" || code=$?
  expect "a load outlives a restart of the service" '^0$' <<<"$code"
  wc -l <"$data/again" | expect "with a result for each" '^4000$'
}

start_services "$bin" "$data"
ingest_gives_way
samples_become_answers
more_is_found
failures_are_told
kill_within_a_load
reconnect_within_a_load
expect_clean_end "$data"
