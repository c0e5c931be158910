// A client of Broadsheet: writes two articles, reads its own writes, pages, exports, and understands errors.
//
// usage: node client.js INGEST_ADDRESS SEARCH_ADDRESS
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import googleProtos from 'google-proto-files';

const definition = protoLoader.loadSync(
  ['broadsheet/v1/ingest.proto', 'broadsheet/v1/search.proto', 'google/rpc/error_details.proto'],
  {
    includeDirs: [fileURLToPath(new URL('generated/protos', import.meta.url)), googleProtos.getProtoPath('..')],
    longs: String, // sequences may be above 2^53; compare them as BigInt
    enums: String,
    defaults: true,
    oneofs: true,
  },
);
const { IngestService, SearchService } = grpc.loadPackageDefinition(definition).broadsheet.v1;

const ARTICLES = [
  {
    id: 'example-café',
    title: 'Café Zoë opens beside the ferry of Grell 🚢',
    source: 'Example Gazette',
    section: 'Local',
    tags: ['Grell', 'food'],
    published: '2026-03-02T09:00:00Z',
    text: '“Ça marche!” 🎉 said Zoë Łukasz when her café opened. Every ferry brings her forty guests from the mainland.',
  },
  {
    id: 'example-zinnia',
    title: 'Grell gets a second ferry in May',
    source: 'Example Courier',
    section: 'Shipping',
    tags: ['Grell', 'ferries'],
    published: '2026-03-03T06:30:00Z',
    text: 'The Zinnia takes 120 passengers and 14 cars. Mayor Pieter Lund had asked for a second ship for 12 years.',
  },
];

// What is asked again and again below: both articles, and no others that the service may hold.
const EXAMPLES = { inValues: { field: 'source', values: ['Example Gazette', 'Example Courier'] } };

const within = (seconds) => ({ deadline: Date.now() + seconds * 1000 });

// The unary method `name` as a function of a request that gives a promise.
const unary = (client, name) => {
  const call = promisify(client[name].bind(client));
  return (request, seconds = 10) => call(request, new grpc.Metadata(), within(seconds));
};

// Sends the articles over one stream and returns the last result. Results come in the order of the requests.
async function ingest(client) {
  const stream = client.streamArticles(new grpc.Metadata(), within(10));
  for (const article of ARTICLES) stream.write({ correlationId: article.id, article });
  stream.end();
  let result;
  for await (const response of stream) {
    ({ result } = response);
    if (result.outcome === 'OUTCOME_REJECTED') {
      throw new Error(`${response.correlationId}: ${result.field}: ${result.message}`);
    }
    console.log(`ingested ${response.correlationId}: ${result.outcome}`);
  }
  return result;
}

// The text with [brackets] around what matched. Spans count UTF-8 bytes, and strings of JavaScript are UTF-16: so they
// are cut from a Buffer.
function mark({ text, spans }) {
  const bytes = Buffer.from(text);
  let marked = '';
  let end = 0;
  for (const span of spans) {
    marked += `${bytes.toString('utf8', end, span.begin)}[${bytes.toString('utf8', span.begin, span.end)}]`;
    end = span.end;
  }
  return marked + bytes.toString('utf8', end);
}

const toDate = ({ seconds, nanos }) => new Date(Number(seconds) * 1000 + nanos / 1e6);

// Finds what was just written, with facets and highlights.
async function search(client, written) {
  const response = await unary(client, 'search')({
    query: 'grell ferry',
    filter: { inValues: { field: 'source', values: ['Example Gazette'] } },
    facets: [{ field: 'source', excludedFilterFields: ['source'] }],
    minSequence: written.sequence,
    lineage: written.lineage,
  });
  for (const { article, highlights } of response.hits) {
    const published = toDate(article.publishedTime).toISOString().replace('.000Z', 'Z');
    console.log(`found ${article.id}, published ${published}`);
    for (const highlight of highlights) console.log(`  ${highlight.field}: ${mark(highlight)}`);
  }
  for (const facet of response.facets) {
    for (const bucket of facet.buckets) console.log(`facet ${facet.name}: ${bucket.value} ${bucket.count}`);
  }
}

// Every page of an answer. A page may be short; only an empty token marks the end.
async function* pages(client, request) {
  let pageToken = '';
  do {
    const response = await unary(client, 'search')({ ...request, pageToken });
    yield response;
    pageToken = response.nextPageToken;
  } while (pageToken !== '');
}

// Streams all matches. After a break, `resumeToken` of the last element goes into the next request.
async function exportAll(client) {
  for await (const { article, summary } of client.exportArticles({ filter: EXAMPLES }, new grpc.Metadata(), within(10))) {
    if (article) console.log(`exported ${article.id}: ${[...article.body].length} characters`);
    if (summary) console.log(`export complete: ${summary.articles} articles`);
  }
}

// Prints what the service says about an error: a stable reason, the fields at fault, when to try again.
function explain(error) {
  console.log(`error ${grpc.status[error.code]}`);
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const details = bytes ? definition['google.rpc.Status'].deserialize(bytes).details : [];
  for (const { type_url: url, value } of details) {
    const type = url.slice(url.lastIndexOf('/') + 1);
    const detail = definition[type]?.deserialize(value);
    if (type === 'google.rpc.ErrorInfo') {
      console.log(`  reason ${detail.reason} of ${detail.domain}`);
    } else if (type === 'google.rpc.BadRequest') {
      for (const { field, description } of detail.fieldViolations) console.log(`  field ${field}: ${description}`);
    } else if (type === 'google.rpc.RetryInfo') {
      const { seconds, nanos } = detail.retryDelay;
      console.log(`  try again after ${Number(seconds) * 1000 + nanos / 1e6} ms`);
    }
  }
}

async function main(ingestAddress, searchAddress) {
  const writing = new IngestService(ingestAddress, grpc.credentials.createInsecure());
  const reading = new SearchService(searchAddress, grpc.credentials.createInsecure());
  const written = await ingest(writing);
  await search(reading, written);

  let number = 0;
  for await (const page of pages(reading, { filter: EXAMPLES, order: 'ORDER_NEWEST', pageSize: 1 })) {
    console.log(`page ${++number}: ${page.hits.map((hit) => hit.article.id).join(', ')}`);
  }
  await exportAll(reading);

  const wrong = { pageSize: -1 };
  const early = { minSequence: String(BigInt(written.sequence) + 1_000_000n) };
  for (const request of [wrong, early]) {
    await unary(reading, 'search')(request, 1).catch(explain);
  }
  writing.close();
  reading.close();
}

if (process.argv.length !== 4) {
  console.error('usage: node client.js INGEST_ADDRESS SEARCH_ADDRESS');
  process.exit(2);
}
await main(process.argv[2], process.argv[3]);
