/** Every figure of `npm run bench`, in the order it is shown: its part, and what it is in words. */
interface Figure {
  part: Part;
  unit: string;
  says: string;
}

export type Part =
  | 'start'
  | 'proofs'
  | 'requests'
  | 'http'
  | 'batch.sqlite'
  | 'batch.postgres'
  | 'revoke'
  | 'list'
  | 'large'
  | 'accreditation'
  | 'stacking'
  | 'poison';

const figure = (part: Part, unit: string, says: string): Figure => ({ part, unit, says });

/** Ratios are reference time over our time, of one process and one run, turn about, medians. */
export const FIGURES = {
  'sign.ratio': figure(
    'proofs',
    'x',
    '@digitalbazaar/vc issue: from the values of a badge to its signed text, without self-check',
  ),
  'issue.ratio': figure(
    'proofs',
    'x',
    '@digitalbazaar/vc issue: the same with lint and the full self-check from the released text',
  ),
  'verify.ratio': figure(
    'proofs',
    'x',
    '@digitalbazaar/vc verifyCredential: from JSON text, a shape seen before, document and proof',
  ),
  'sign.named.ratio': figure('proofs', 'x', 'sign.ratio of a badge whose nodes all have ids'),
  'issue.named.ratio': figure('proofs', 'x', 'issue.ratio of that badge'),
  'verify.named.ratio': figure('proofs', 'x', 'verify.ratio of that badge'),
  'sign.cpuUs': figure('proofs', 'us', 'CPU for one signed text'),
  'issue.cpuUs': figure('proofs', 'us', 'CPU for one signed text that was linted and checked'),
  'verify.cpuUs': figure('proofs', 'us', 'CPU for one verified text'),
  'reference.issue.cpuUs': figure('proofs', 'us', 'CPU of the reference for one issued badge'),
  'reference.verify.cpuUs': figure('proofs', 'us', 'CPU of the reference for one verified badge'),
  'request.issue.ratio': figure(
    'requests',
    'x',
    '@digitalbazaar/vc issue: a whole request for 100 badges, durable, over its count',
  ),
  'request.verify.ratio': figure('requests', 'x', '@digitalbazaar/vc verifyCredential: a whole verification report'),
  'request.verify.cpuUs': figure('requests', 'us', 'CPU for one verification report'),
  'http.issue.perSecond': figure(
    'http',
    '/s',
    'credentials issued one a request over HTTP, 16 connections, callers beside',
  ),
  'http.issue.p50Ms': figure('http', 'ms', 'time of such a request, median'),
  'http.issue.p99Ms': figure('http', 'ms', 'time of such a request, 99th percentile'),
  'http.issue.cpuUs': figure('http', 'us', 'CPU of the service for one'),
  'batch.sqlite.perSecond': figure(
    'batch.sqlite',
    '/s',
    'rows of a class list of 100,000, from upload to the last one issued',
  ),
  'batch.peakMiB': figure('batch.sqlite', 'MiB', 'most resident memory of the service meanwhile'),
  'batch.sqlite.cpuUs': figure('batch.sqlite', 'us', 'CPU of the service for one row'),
  'batch.postgres.perSecond': figure('batch.postgres', '/s', 'the same on PostgreSQL on the same cores'),
  'batch.postgres.cpuUs': figure('batch.postgres', 'us', 'CPU of the service for one row there'),
  'revoke10k.ms': figure('revoke', 'ms', 'revoking 10,000 awards in one request and publishing their list'),
  'revoke10k.cpuMs': figure('revoke', 'ms', 'CPU for that'),
  'statusList.ms': figure('list', 'ms', 'a list of 131,072 entries with 1 % set, read from the store, encoded, signed'),
  'statusList1M.ms': figure('list', 'ms', 'a list of 1,048,576 entries with 1 % set, encoded and signed'),
  'statusList1M.half.ms': figure('list', 'ms', 'the same with 50 % set'),
  'statusList1M.bytes': figure('list', 'bytes', 'its text with 1 % set'),
  'statusList1M.publish.ms': figure(
    'list',
    'ms',
    'the whole publication: read, encoded, signed, checked, stored, looked at again',
  ),
  'lookup1M.p99Ms': figure(
    'large',
    'ms',
    'the slowest kind of look-up over HTTP among a million credentials, 99th percentile',
  ),
  'lookup1M.document.p99Ms': figure('large', 'ms', 'GET of a credential by its address'),
  'lookup1M.managed.p99Ms': figure('large', 'ms', 'read by id with its history'),
  'lookup1M.award.p99Ms': figure('large', 'ms', 'list by award id'),
  'lookup1M.recipient.p99Ms': figure('large', 'ms', 'list by recipient'),
  'lookup1M.page.p99Ms': figure(
    'large',
    'ms',
    'one page of 50 of a definition, of a batch, of a key, of what is revoked',
  ),
  'start1M.ms': figure('large', 'ms', 'start-up with that store, to the first healthy answer'),
  'idle1M.rssMiB': figure('large', 'MiB', 'resident memory 3 s later'),
  'stored.bytes': figure(
    'large',
    'bytes',
    'the database file for one credential among a million, texts of true length',
  ),
  'start.ms': figure('start', 'ms', 'start-up to the first healthy answer, median of 3'),
  'start.first.ms': figure('start', 'ms', 'the first start of all, which compiles everything'),
  'idle.rssMiB': figure('start', 'MiB', 'resident memory 3 s after the start, median of 3'),
  'accreditation.ms': figure('accreditation', 'ms', 'one question over 100,000 grants in SQLite'),
  'accreditation.gate.ms': figure('accreditation', 'ms', 'an issuing gate over them once warm'),
  'stack.ms': figure('stacking', 'ms', '2,000 holdings against 500 nodes, explanations included'),
  'stack.p99.ms': figure('stacking', 'ms', 'its 99th percentile'),
  'poison.cpu.ms': figure('poison', 'ms', 'CPU for the slowest of the poison graphs'),
  'poison.others.p99.ms': figure('poison', 'ms', 'other requests meanwhile, 99th percentile'),
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;
export type Measured = Partial<Record<FigureName, number>>;

export const PARTS = [...new Set(Object.values(FIGURES).map(({ part }) => part))];
