#!/usr/bin/env bash
# deploy/COOKBOOK.md, read and run: every command with the real grpcurl against the sample articles, every line that says
# what an answer holds with jq. cookbook.py says how the page is read.
# usage: cookbook_test.sh BIN-DIRECTORY [PAGE]
set -euo pipefail
bin=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
page=${2:-$root/deploy/COOKBOOK.md}
# shellcheck source=deploy/services.sh
source "$root/deploy/services.sh"
# shellcheck source=tests/support/e2e.sh
source "$root/tests/support/e2e.sh"

command -v python3 >/dev/null || skip "there is no python3"
find_grpcurl
data=$(mktemp -d)
trap 'stop_services; rm -rf "$data"' EXIT
start_services "$bin" "$data"
# shellcheck disable=SC2154  # set by start_services and find_grpcurl
"$bin/broadsheet" --ingest "$ingest_address" --search "$search_address" ingest "$root/tests/data/articles" --visible |
  expect "the samples are taken" '25 created, 1 updated, 1 duplicate$'
PATH=$(dirname "$grpcurl"):$PATH python3 "$root/tests/e2e/cookbook.py" "$page" "$ingest_address" "$search_address"
expect_clean_end "$data"
