import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, openAsBlob, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '#kernel';
import { type Api, openApi, SERVICE } from '../api.ts';
import { command, type Io, ServiceRefused, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { openProgress, PROGRESS } from '../progress.ts';
import { readBytes } from '../read-text.ts';
import { type Batch, type Preview, previewWords } from './words.ts';

const TYPES = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

/** Options that the API has as parameters of the same sense. */
const SHARED = {
  version: { value: 'N', says: 'Version of the achievement; default the latest' },
  include: { value: 'NAMES', says: 'What is signed into the badges, of name and hashedEmail' },
  'awarded-date': { value: 'DAY', says: 'Of rows without one' },
  'valid-from': { value: 'DAY', says: 'Of rows without one' },
  'valid-until': { value: 'DAY', says: 'Of rows without one' },
  offer: { value: 'HOW', choices: ['link'], says: 'Offer each badge; the claim links stand in the results' },
  deliver: { value: 'HOW', choices: ['mail'], says: 'Send each person the claim link' },
  confirmation: { value: 'HOW', choices: ['none', 'txCode', 'email'], says: 'How the taker shows to be the recipient' },
  lang: { value: 'LANG', choices: ['en', 'fil'], says: 'Of mail, for rows without one' },
} as const;
const PARAMETER: Record<string, string> = {
  'awarded-date': 'awardedDate',
  'valid-from': 'validFrom',
  'valid-until': 'validUntil',
};

export const batch = command({
  operands: { file: { name: 'FILE', optional: true, says: 'The class list, CSV or NDJSON; default standard input' } },
  options: {
    achievement: { value: 'ID', required: true, says: 'What is awarded' },
    format: { value: 'FORMAT', choices: ['csv', 'ndjson'], says: 'Of the list; default by the name of FILE, else csv' },
    preview: { says: 'Check every row and sign nothing' },
    'skip-invalid': { says: 'Issue the valid rows although others are not' },
    out: { value: 'FILE', says: 'Where to put the results, every row as CSV; must not exist' },
    credentials: { value: 'FILE', says: 'Where to put the signed credentials, one a line; must not exist' },
    again: { value: 'NAME', says: 'Issue the same list once more, under this name' },
    ...SHARED,
    ...PROGRESS,
    ...SERVICE,
  },
  summary: 'Issues a class list: checks every row, issues, waits for the end',
  about:
    'Rows that are wrong are told by row and column, and then nothing is issued, unless --skip-invalid says so. The same list again goes on with the same batch and issues no row twice, so a run that broke off can be run again. The results may hold claim links: only you can read the file.',
  examples: [
    'batch class.csv --achievement 0123456789abcdefghjkmnpqrs --preview --url https://badges.example.edu --key-file issuer.key',
    'batch class.csv --achievement 0123456789abcdefghjkmnpqrs --out results.csv --url https://badges.example.edu --key-file issuer.key',
  ],
  exits: {
    0: 'every row was issued, or is valid with --preview, or the list waits for a second person',
    1: 'some rows are invalid or were not issued',
  },

  async run({ operands: { file = '-' }, values, json }, io) {
    for (const path of [values.out, values.credentials]) {
      if (path !== undefined && existsSync(path)) throw new UsageError(`${path} exists`);
    }
    const api = await openApi(values);
    const format = values.format ?? (/\.(?:ndjson|jsonl)$/i.test(file) ? 'ndjson' : 'csv');
    const progress = openProgress(io, values.progress);
    const query = new URLSearchParams({ achievementId: values.achievement });
    for (const name of Object.keys(SHARED) as (keyof typeof SHARED)[]) {
      const value = values[name];
      if (value !== undefined) query.set(PARAMETER[name] ?? name, value);
    }
    const list = await listOf(file, io);
    const key = await keyOf(list, `${query}`, values.again ?? '');
    const preview = await api.upload<Preview>(`/v1/batches?${query}`, list, {
      ...{ 'content-type': TYPES[format], 'idempotency-key': key },
    });
    if (!json) io.out(previewWords(preview));
    const bad = preview.invalidRows > 0;
    const end = (found: Batch, code: 0 | 1, more: object = {}) => {
      const { invalid, notices } = preview;
      if (json) io.out(`${JSON.stringify({ ...found, invalid, notices, ...more })}\n`);
      return code;
    };
    if (values.preview) return end(preview, bad ? EXIT.fails : EXIT.done);
    if (bad && !values['skip-invalid']) {
      if (!json) io.err('nothing was issued: mend the list, or leave these rows out with --skip-invalid\n');
      return end(preview, EXIT.fails);
    }
    const path = `/v1/batches/${preview.batchId}`;
    const started = await api.call<Batch>('POST', `${path}/start`).catch((error: unknown) => {
      if (error instanceof ServiceRefused && /:approval-required$/.test(error.problem.type)) return undefined;
      throw error;
    });
    if (!started) {
      if (!json) io.out(`batch ${preview.batchId} waits for a second person, who starts it\n`);
      return end(preview, EXIT.done, { waitsFor: 'approver' });
    }
    const done = await follow(api, path, started, (one) => {
      progress.show(
        `${one.issuedRows} of ${one.rows - one.invalidRows} issued${one.failedRows > 0 ? `, ${one.failedRows} failed` : ''}`,
      );
    });
    progress.end();
    if (values.out !== undefined) await keep(api, `${path}/rows`, 'text/csv', values.out);
    if (values.credentials !== undefined)
      await keep(api, `${path}/credentials`, 'application/x-ndjson', values.credentials);
    if (!json) {
      io.out(`${done.state}: ${done.issuedRows} issued, ${done.failedRows} failed, ${done.invalidRows} left out\n`);
      for (const path of [values.out, values.credentials]) if (path !== undefined) io.out(`${path}\n`);
    }
    return end(done, done.issuedRows === done.rows ? EXIT.done : EXIT.fails);
  },
});

/** A file is read as it is sent; standard input only once. @throws UsageError */
const listOf = async (file: string, io: Io): Promise<Blob> =>
  file === '-' || !existsSync(file) ? new Blob([new Uint8Array(await readBytes(file, io))]) : openAsBlob(file);

async function keyOf(list: Blob, query: string, again: string): Promise<string> {
  const hash = createHash('sha256').update(`${query}\n${again}\n`);
  for await (const chunk of list.stream()) hash.update(chunk as Uint8Array);
  return `cli:${hash.digest('hex')}`;
}

const ENDED = ['done', 'failed', 'cancelled'];
/** At first small lists, then those that take an hour. */
const LOOKS = { first: 200, most: 2_000, growth: 1.3 };

async function follow(api: Api, path: string, from: Batch, told: (one: Batch) => void): Promise<Batch> {
  let one = from;
  for (let wait = LOOKS.first; ; wait = Math.min(LOOKS.most, wait * LOOKS.growth)) {
    told(one);
    if (ENDED.includes(one.state)) return one;
    await sleep(wait);
    one = await api.call<Batch>('GET', path);
  }
}

/** The whole of it, or no file: the run can then be made again. */
async function keep(api: Api, path: string, accept: string, file: string): Promise<void> {
  const body = await api.download(path, accept);
  const out = createWriteStream(file, { mode: 0o600, flags: 'wx' });
  let made = false;
  out.once('open', () => {
    made = true;
  });
  try {
    await pipeline(Readable.fromWeb(body as never), out);
  } catch (error) {
    if (made) rmSync(file, { force: true });
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new Problem('fetch-failed', `the answer of ${path} broke off: the same again goes on with the batch`, {
      cause: error,
    });
  }
}
