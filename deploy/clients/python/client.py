"""A client of Broadsheet: writes two articles, reads its own writes, pages, exports, and understands errors.

usage: client.py INGEST_ADDRESS SEARCH_ADDRESS
"""

import pathlib
import sys
from collections.abc import Iterator

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

sys.path.insert(0, str(pathlib.Path(__file__).parent / "generated"))

from broadsheet.v1 import article_pb2, ingest_pb2, ingest_pb2_grpc, search_pb2, search_pb2_grpc  # noqa: E402

SECONDS = 10  # deadline of every call that ends by itself

ARTICLES = [
    article_pb2.RawArticle(
        id="example-café",
        title="Café Zoë opens beside the ferry of Grell 🚢",
        source="Example Gazette",
        section="Local",
        tags=["Grell", "food"],
        published="2026-03-02T09:00:00Z",
        text="“Ça marche!” 🎉 said Zoë Łukasz when her café opened. Every ferry brings her forty guests from the mainland.",
    ),
    article_pb2.RawArticle(
        id="example-zinnia",
        title="Grell gets a second ferry in May",
        source="Example Courier",
        section="Shipping",
        tags=["Grell", "ferries"],
        published="2026-03-03T06:30:00Z",
        text="The Zinnia takes 120 passengers and 14 cars. Mayor Pieter Lund had asked for a second ship for 12 years.",
    ),
]

# What is asked again and again below: both articles, and no others that the service may hold.
EXAMPLES = search_pb2.Filter(
    in_values=search_pb2.ValuesFilter(field="source", values=["Example Gazette", "Example Courier"])
)


def ingest(service: ingest_pb2_grpc.IngestServiceStub) -> ingest_pb2.IngestResult:
    """Sends the articles over one stream and returns the last result. Results come in the order of the requests."""
    requests = (ingest_pb2.StreamArticlesRequest(correlation_id=a.id, article=a) for a in ARTICLES)
    result = None
    for response in service.StreamArticles(requests, timeout=SECONDS):
        result = response.result
        if result.outcome == ingest_pb2.OUTCOME_REJECTED:
            raise ValueError(f"{response.correlation_id}: {result.field}: {result.message}")
        print(f"ingested {response.correlation_id}: {ingest_pb2.Outcome.Name(result.outcome)}")
    return result


def mark(highlight: search_pb2.Highlight) -> str:
    """The text with [brackets] around what matched. Spans count UTF-8 bytes, so they are cut from bytes, not from str."""
    text = highlight.text.encode()
    pieces, end = [], 0
    for span in highlight.spans:
        pieces += [text[end : span.begin], b"[", text[span.begin : span.end], b"]"]
        end = span.end
    return b"".join([*pieces, text[end:]]).decode()


def search(service: search_pb2_grpc.SearchServiceStub, written: ingest_pb2.IngestResult) -> None:
    """Finds what was just written, with facets and highlights."""
    request = search_pb2.SearchRequest(
        query="grell ferry",
        filter=search_pb2.Filter(in_values=search_pb2.ValuesFilter(field="source", values=["Example Gazette"])),
        facets=[search_pb2.FacetSpec(field="source", excluded_filter_fields=["source"])],
        min_sequence=written.sequence,
        lineage=written.lineage,
    )
    response = service.Search(request, timeout=SECONDS)
    for hit in response.hits:
        print(f"found {hit.article.id}, published {hit.article.published_time.ToJsonString()}")
        for highlight in hit.highlights:
            print(f"  {highlight.field}: {mark(highlight)}")
    for facet in response.facets:
        for bucket in facet.buckets:
            print(f"facet {facet.name}: {bucket.value} {bucket.count}")


def pages(
    service: search_pb2_grpc.SearchServiceStub, request: search_pb2.SearchRequest
) -> Iterator[search_pb2.SearchResponse]:
    """Every page of an answer. A page may be short; only an empty token marks the end."""
    while True:
        response = service.Search(request, timeout=SECONDS)
        yield response
        if not response.next_page_token:
            return
        request.page_token = response.next_page_token


def export(service: search_pb2_grpc.SearchServiceStub) -> None:
    """Streams all matches. After a break, `resume_token` of the last element goes into the next request."""
    request = search_pb2.ExportArticlesRequest(filter=EXAMPLES)
    for element in service.ExportArticles(request, timeout=SECONDS):
        if element.HasField("article"):
            print(f"exported {element.article.id}: {len(element.article.body)} characters")
        if element.HasField("summary"):
            print(f"export complete: {element.summary.articles} articles")


def explain(error: grpc.RpcError) -> None:
    """Prints what the service says about an error: a stable reason, the fields at fault, when to try again."""
    status = rpc_status.from_call(error)
    print(f"error {error.code().name}")
    for detail in status.details if status else []:
        if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR):
            info = error_details_pb2.ErrorInfo.FromString(detail.value)
            print(f"  reason {info.reason} of {info.domain}")
        elif detail.Is(error_details_pb2.BadRequest.DESCRIPTOR):
            for violation in error_details_pb2.BadRequest.FromString(detail.value).field_violations:
                print(f"  field {violation.field}: {violation.description}")
        elif detail.Is(error_details_pb2.RetryInfo.DESCRIPTOR):
            retry = error_details_pb2.RetryInfo.FromString(detail.value)
            print(f"  try again after {retry.retry_delay.ToMilliseconds()} ms")


def main(ingest_address: str, search_address: str) -> None:
    with grpc.insecure_channel(ingest_address) as writing, grpc.insecure_channel(search_address) as reading:
        written = ingest(ingest_pb2_grpc.IngestServiceStub(writing))
        service = search_pb2_grpc.SearchServiceStub(reading)
        search(service, written)

        newest = search_pb2.SearchRequest(filter=EXAMPLES, order=search_pb2.ORDER_NEWEST, page_size=1)
        for number, page in enumerate(pages(service, newest), start=1):
            print(f"page {number}: {', '.join(hit.article.id for hit in page.hits)}")
        export(service)

        wrong = search_pb2.SearchRequest(page_size=-1)
        early = search_pb2.SearchRequest(min_sequence=written.sequence + 1_000_000)
        for request in (wrong, early):
            try:
                service.Search(request, timeout=1)
            except grpc.RpcError as error:
                explain(error)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
