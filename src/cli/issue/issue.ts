import { openApi, SERVICE } from '../api.ts';
import { command, ServiceRefused, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { openProgress, PROGRESS } from '../progress.ts';
import { readJson } from '../read-text.ts';
import { type IssueRequest, issueRequests } from './requests.ts';

interface Issued {
  credentials?: { id: string; url: string; state: string }[];
  /** Where the institution wants two persons. */
  approval?: { id: string };
}

/** A list of recipients, with evidence and results. */
const BUDGET = { bytes: 64 * 1024 * 1024, keys: 2_000_000 };

export const issue = command({
  operands: { file: { name: 'FILE', optional: true, says: 'JSON; default standard input' } },
  options: {
    achievement: { value: 'ID', says: 'What is awarded; FILE then holds one recipient, or a list of them' },
    version: { value: 'N', says: 'Version of the achievement; default the latest' },
    include: { value: 'NAMES', says: 'What is signed into the badge, of name and hashedEmail' },
    again: { value: 'NAME', says: 'Issue the same content once more, under this name' },
    ...PROGRESS,
    ...SERVICE,
  },
  summary: 'Issues credentials, one or a list',
  about:
    'Without --achievement FILE holds a request as POST /v1/credentials takes it, or a list of them. Of each request all is issued or nothing. The Idempotency-Key is made from the content: within a day the same again answers with the same credentials and issues none, so a run that broke off can be run again.',
  examples: [
    'issue --achievement 0123456789abcdefghjkmnpqrs --url https://badges.example.edu --key-file issuer.key <<< \'{"name":"Amihan Peñaflor"}\'',
    'issue requests.json --json --url https://badges.example.edu --key-file issuer.key',
  ],
  exits: { 0: 'all were issued, or wait for a second person' },

  async run({ operands: { file = '-' }, values, json }, io) {
    const { achievement, version, include, again = '' } = values;
    if (version !== undefined && !/^[1-9]\d{0,6}$/.test(version)) throw new UsageError('--version must be a number');
    if (achievement === undefined && (version ?? include) !== undefined) {
      throw new UsageError('--version and --include go with --achievement');
    }
    const shared = {
      ...(achievement === undefined ? {} : { achievementId: achievement }),
      ...(version === undefined ? {} : { version: Number(version) }),
      ...(include === undefined ? {} : { include: include.split(',') }),
    };
    const api = await openApi(values);
    const requests = issueRequests(await readJson(file, io, BUDGET), shared, again);
    const progress = openProgress(io, values.progress);
    const credentials: NonNullable<Issued['credentials']> = [];
    const approvals: NonNullable<Issued['approval']>[] = [];
    const say = () => {
      progress.end();
      if (json) io.out(`${JSON.stringify({ credentials, approvals })}\n`);
      else {
        for (const { url } of credentials) io.out(`${url}\n`);
        for (const { id } of approvals) io.out(`waits for a second person: approval ${id}\n`);
      }
    };
    for (const [index, request] of requests.entries()) {
      const answer = await api
        .call<Issued>('POST', '/v1/credentials', request.body, { 'idempotency-key': request.key })
        .catch((error: unknown) => {
          // What was issued before is told: it will not be undone.
          if (index > 0) say();
          throw inGiven(error, request);
        });
      credentials.push(...(answer.credentials ?? []));
      if (answer.approval) approvals.push(answer.approval);
      progress.show(`${index + 1} of ${requests.length} requests`);
    }
    say();
    return EXIT.done;
  },
});

/** The same with the place of each error in what was given. */
function inGiven(error: unknown, { pointer }: IssueRequest): unknown {
  if (!(error instanceof ServiceRefused)) return error;
  const { problem } = error;
  const errors = problem.errors?.map((one) => ({ ...one, pointer: pointer(one.pointer) }));
  const first = typeof problem.pointer === 'string' ? { pointer: pointer(problem.pointer) } : {};
  return new ServiceRefused({ ...problem, ...first, ...(errors ? { errors } : {}) });
}
