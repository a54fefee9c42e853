import { existsSync } from 'node:fs';
import { type BackupReport, backupStore, backupToFile } from '#app';
import { command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { openProgress, PROGRESS } from '../progress.ts';
import { DATA, storeOf } from '../store.ts';

export const backup = command({
  operands: {},
  options: {
    to: { value: 'FILE', required: true, says: 'Where to put it, must not exist; - for standard output' },
    ...DATA,
    ...PROGRESS,
  },
  summary: 'Writes the whole store, as it is at one moment, into one file',
  about:
    'The service may be running. Signing keys stay wrapped in the file: keep the passphrase elsewhere. It has names and addresses of people: encrypt it, or keep it as you keep the database. With --to - the report goes to standard error.',
  examples: [
    'backup --to store-2026-06-01.tatak --data data',
    'backup --to - --data data | gpg --encrypt -r records > store.gpg',
  ],
  exits: { 1: 'it was written, and the store does not agree with itself' },
  wholeOutput: true,

  async run({ values: { to, data, progress: asked }, json }, io) {
    const place = storeOf(data);
    for (const path of [to, `${to}.unfinished`])
      if (to !== '-' && existsSync(path)) throw new UsageError(`${path} exists`);
    const progress = openProgress(io, asked);
    const told = (rows: number) => progress.show(`${rows} rows`);
    const report = to === '-' ? await backupStore(place, process.stdout, told) : await backupToFile(place, to, told);
    progress.end();
    // Standard output may be the backup itself.
    const say = to === '-' ? io.err : io.out;
    say(json ? `${JSON.stringify(report)}\n` : words(report, to));
    for (const finding of report.findings) io.err(`the store does not agree with itself: ${finding}\n`);
    return report.findings.length === 0 ? EXIT.done : EXIT.fails;
  },
});

function words({ tables, audit, madeAt, sha256, files }: BackupReport, to: string): string {
  const rows = Object.values(tables).reduce((sum, { rows: some }) => sum + some, 0);
  return [
    `${to}: ${rows} rows of ${Object.keys(tables).length} tables, ${tables.credentials?.rows ?? 0} of them credentials, as of ${madeAt}`,
    `log: ${audit.seq} entries, the last ${audit.hash}`,
    `files: ${files.join(', ') || 'none'}`,
    `digest ${sha256}: note it elsewhere, and give it to restore`,
    '',
  ].join('\n');
}
