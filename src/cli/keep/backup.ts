import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BackupReport, backupStore, backupToFile } from '#app';
import { type Command, UsageError } from '../command.ts';
import { storeOf } from '../store.ts';

export const backup: Command = {
  usage: '--to FILE [--data DIR] [--json]',
  summary:
    'Writes the whole store, as it is at one moment, into one file (- for standard output) while the service runs. Signing keys stay wrapped in it: keep the passphrase elsewhere. It has names and addresses of people: encrypt it, or keep it as you keep the database.',

  async run(args, io) {
    const options = {
      to: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args, options });
    const { to } = values;
    if (to === undefined) throw new UsageError('--to is missing');
    const place = storeOf(values.data);
    for (const path of [to, `${to}.unfinished`])
      if (to !== '-' && existsSync(path)) throw new UsageError(`${path} exists`);
    const report = to === '-' ? await backupStore(place, process.stdout) : await backupToFile(place, to);
    // Standard output may be the backup itself.
    const say = to === '-' ? io.err : io.out;
    say(values.json ? `${JSON.stringify(report)}\n` : words(report, to));
    for (const finding of report.findings) io.err(`the store does not agree with itself: ${finding}\n`);
    return report.findings.length === 0 ? 0 : 1;
  },
};

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
