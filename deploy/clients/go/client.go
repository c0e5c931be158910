// A client of Broadsheet: writes two articles, reads its own writes, pages, exports, and understands errors.
//
// usage: client INGEST_ADDRESS SEARCH_ADDRESS
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	pb "broadsheet-client-example/generated"
)

// The deadline of every call that ends by itself.
const timeout = 10 * time.Second

var articles = []*pb.RawArticle{
	{
		Id:        "example-café",
		Title:     "Café Zoë opens beside the ferry of Grell 🚢",
		Source:    "Example Gazette",
		Section:   "Local",
		Tags:      []string{"Grell", "food"},
		Published: "2026-03-02T09:00:00Z",
		Content: &pb.RawArticle_Text{
			Text: "“Ça marche!” 🎉 said Zoë Łukasz when her café opened. Every ferry brings her forty guests from the mainland.",
		},
	},
	{
		Id:        "example-zinnia",
		Title:     "Grell gets a second ferry in May",
		Source:    "Example Courier",
		Section:   "Shipping",
		Tags:      []string{"Grell", "ferries"},
		Published: "2026-03-03T06:30:00Z",
		Content: &pb.RawArticle_Text{
			Text: "The Zinnia takes 120 passengers and 14 cars. Mayor Pieter Lund had asked for a second ship for 12 years.",
		},
	},
}

func fromSources(sources ...string) *pb.Filter {
	return &pb.Filter{Condition: &pb.Filter_InValues{InValues: &pb.ValuesFilter{Field: "source", Values: sources}}}
}

// What is asked again and again below: both articles, and no others that the service may hold.
var examples = fromSources("Example Gazette", "Example Courier")

// ingest sends the articles over one stream and returns the last result. Results come in the order of the requests.
func ingest(client pb.IngestServiceClient) (*pb.IngestResult, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	stream, err := client.StreamArticles(ctx)
	if err != nil {
		return nil, err
	}
	for _, article := range articles { // two fit into any window; a long load sends from a goroutine of its own
		operation := &pb.StreamArticlesRequest_Article{Article: article}
		request := &pb.StreamArticlesRequest{CorrelationId: article.GetId(), Operation: operation}
		if err := stream.Send(request); err != nil && !errors.Is(err, io.EOF) { // EOF: Recv says why
			return nil, err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return nil, err
	}
	var result *pb.IngestResult
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return result, nil
		}
		if err != nil {
			return nil, err
		}
		result = response.GetResult()
		if result.GetOutcome() == pb.Outcome_OUTCOME_REJECTED {
			return nil, fmt.Errorf("%s: %s: %s", response.GetCorrelationId(), result.GetField(), result.GetMessage())
		}
		fmt.Printf("ingested %s: %s\n", response.GetCorrelationId(), result.GetOutcome())
	}
}

// mark puts [brackets] around what matched. Spans count UTF-8 bytes, as the indices of Go's strings do.
func mark(highlight *pb.Highlight) string {
	var marked strings.Builder
	text, end := highlight.GetText(), int32(0)
	for _, span := range highlight.GetSpans() {
		fmt.Fprintf(&marked, "%s[%s]", text[end:span.GetBegin()], text[span.GetBegin():span.GetEnd()])
		end = span.GetEnd()
	}
	return marked.String() + text[end:]
}

// ask runs one search within a deadline.
func ask(client pb.SearchServiceClient, request *pb.SearchRequest, timeout time.Duration) (*pb.SearchResponse, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return client.Search(ctx, request)
}

// search finds what was just written, with facets and highlights.
func search(client pb.SearchServiceClient, written *pb.IngestResult) error {
	response, err := ask(client, &pb.SearchRequest{
		Query:       "grell ferry",
		Filter:      fromSources("Example Gazette"),
		Facets:      []*pb.FacetSpec{{Field: "source", ExcludedFilterFields: []string{"source"}}},
		MinSequence: written.GetSequence(),
		Lineage:     written.GetLineage(),
	}, timeout)
	if err != nil {
		return err
	}
	for _, hit := range response.GetHits() {
		article := hit.GetArticle()
		published := article.GetPublishedTime().AsTime().Format(time.RFC3339)
		fmt.Printf("found %s, published %s\n", article.GetId(), published)
		for _, highlight := range hit.GetHighlights() {
			fmt.Printf("  %s: %s\n", highlight.GetField(), mark(highlight))
		}
	}
	for _, facet := range response.GetFacets() {
		for _, bucket := range facet.GetBuckets() {
			fmt.Printf("facet %s: %s %d\n", facet.GetName(), bucket.GetValue(), bucket.GetCount())
		}
	}
	return nil
}

// pages gives every page of an answer. A page may be short; only an empty token marks the end.
func pages(client pb.SearchServiceClient, request *pb.SearchRequest) iter.Seq2[*pb.SearchResponse, error] {
	return func(yield func(*pb.SearchResponse, error) bool) {
		for {
			response, err := ask(client, request, timeout)
			if !yield(response, err) || err != nil || response.GetNextPageToken() == "" {
				return
			}
			request.PageToken = response.GetNextPageToken()
		}
	}
}

func printPages(client pb.SearchServiceClient) error {
	number := 0
	newest := &pb.SearchRequest{Filter: examples, Order: pb.Order_ORDER_NEWEST, PageSize: 1}
	for page, err := range pages(client, newest) {
		if err != nil {
			return err
		}
		number++
		for _, hit := range page.GetHits() {
			fmt.Printf("page %d: %s\n", number, hit.GetArticle().GetId())
		}
	}
	return nil
}

// export streams all matches. After a break, the resume token of the last element goes into the next request.
func export(client pb.SearchServiceClient) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	stream, err := client.ExportArticles(ctx, &pb.ExportArticlesRequest{Filter: examples})
	if err != nil {
		return err
	}
	for {
		element, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if article := element.GetArticle(); article != nil {
			fmt.Printf("exported %s: %d characters\n", article.GetId(), utf8.RuneCountInString(article.GetBody()))
		}
		if summary := element.GetSummary(); summary != nil {
			fmt.Printf("export complete: %d articles\n", summary.GetArticles())
		}
	}
}

// explain prints what the service says about an error: a stable reason, the fields at fault, when to try again.
func explain(err error) {
	failure := status.Convert(err)
	fmt.Printf("error %s\n", code.Code(failure.Code()))
	for _, detail := range failure.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			fmt.Printf("  reason %s of %s\n", detail.GetReason(), detail.GetDomain())
		case *errdetails.BadRequest:
			for _, violation := range detail.GetFieldViolations() {
				fmt.Printf("  field %s: %s\n", violation.GetField(), violation.GetDescription())
			}
		case *errdetails.RetryInfo:
			fmt.Printf("  try again after %d ms\n", detail.GetRetryDelay().AsDuration().Milliseconds())
		}
	}
}

func run(ingestAddress, searchAddress string) error {
	plain := grpc.WithTransportCredentials(insecure.NewCredentials())
	writing, err := grpc.NewClient(ingestAddress, plain)
	if err != nil {
		return err
	}
	defer writing.Close()
	reading, err := grpc.NewClient(searchAddress, plain)
	if err != nil {
		return err
	}
	defer reading.Close()

	written, err := ingest(pb.NewIngestServiceClient(writing))
	if err != nil {
		return err
	}
	client := pb.NewSearchServiceClient(reading)
	if err := search(client, written); err != nil {
		return err
	}
	if err := printPages(client); err != nil {
		return err
	}
	if err := export(client); err != nil {
		return err
	}
	wrong := &pb.SearchRequest{PageSize: -1}
	early := &pb.SearchRequest{MinSequence: written.GetSequence() + 1_000_000}
	for _, request := range []*pb.SearchRequest{wrong, early} {
		if _, err := ask(client, request, time.Second); err != nil {
			explain(err)
		}
	}
	return nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: client INGEST_ADDRESS SEARCH_ADDRESS")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}
