#!/usr/bin/env bash
# The real grpcurl drives both services by reflection alone: list, describe, ingest, search, health.
# usage: grpcurl_test.sh BIN-DIRECTORY
set -euo pipefail
bin=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=deploy/services.sh
source "$root/deploy/services.sh"
# shellcheck source=tests/support/e2e.sh
source "$root/tests/support/e2e.sh"

ask() { # ADDRESS METHOD [FLAG...]
  local address=$1 method=$2
  shift 2
  "$grpcurl" -plaintext "$@" "$address" "$method"
}

find_grpcurl
data=$(mktemp -d)
trap 'stop_services; rm -rf "$data"' EXIT
start_services "$bin" "$data"
# shellcheck disable=SC2154  # set by start_services
ingest=$ingest_address search=$search_address

for address in "$ingest" "$search"; do
  listed=$("$grpcurl" -plaintext "$address" list)
  expect "$address lists health" '^grpc\.health\.v1\.Health$' <<<"$listed"
  expect "$address lists its service" '^broadsheet\.v1\.(Ingest|Search)Service$' <<<"$listed"
  "$grpcurl" -plaintext "$address" describe grpc.health.v1.Health | expect "health can be described" 'rpc Check'
  ask "$address" grpc.health.v1.Health/Check | expect "health can be called" 'SERVING'
done
ask "$ingest" grpc.health.v1.Health/Check -d '{"service": "broadsheet.v1.IngestService"}' | expect "by name" '"SERVING"'
"$grpcurl" -plaintext "$search" describe broadsheet.v1.SearchRequest | expect "fields are described" 'page_token'
"$grpcurl" -plaintext "$ingest" describe broadsheet.v1.Outcome | expect "values are described" 'OUTCOME_DUPLICATE'
"$grpcurl" -plaintext "$search" describe broadsheet.v1.TermsFacet >"$data/message"
expect "a message has its comment" '// Counts by value' <"$data/message"
expect "a field has its comment" '// Most buckets to return' <"$data/message"
"$grpcurl" -plaintext "$search" describe broadsheet.v1.SearchService.Search | expect "a method has its comment" '// Finds articles'

ask "$ingest" broadsheet.v1.IngestService/IngestArticle \
  -d '{"article": {"id": "hand", "title": "Typed by hand", "text": "A short notice about the harbour."}}' |
  expect "an article by hand" 'OUTCOME_CREATED'
ask "$ingest" broadsheet.v1.IngestService/StreamArticles -d @ <"$root/tests/data/streams/live.jsonl" >"$data/stream"
for outcome in CREATED UPDATED STALE DELETED; do
  expect "a stream gives $outcome" "OUTCOME_$outcome" <"$data/stream"
done
jq -r .correlation_id "$data/stream" | paste -sd ' ' | expect "results come in order with their correlation ids" '^live-1 live-2 live-3 live-4 live-5$'

sequence=$(ask "$ingest" broadsheet.v1.IngestService/GetIngestStatus | jq -r .archive_sequence)
ask "$search" broadsheet.v1.SearchService/Search -d "{\"query\": \"marigold tugs\", \"min_sequence\": $sequence}" |
  expect "search reads what was written" 'Marigold refloated, one tug damaged'
{ ask "$search" broadsheet.v1.SearchService/Search -d '{"page_size": -1}' 2>&1 || true; } |
  expect "errors name the field" 'page_size'
ask "$search" broadsheet.v1.SearchService/ParseQuery -d '{"query": "(harbour OR \"two tugs\") -test"}' |
  expect "a query as it is understood" 'QUERY_NODE_KIND_PHRASE'
ask "$search" broadsheet.v1.SearchService/GetIndexInfo | expect "the index says what it holds" '"lineage"'
expect_clean_end "$data"
