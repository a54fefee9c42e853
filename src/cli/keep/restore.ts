import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RestoreRefused, type RestoreReport, restoreStore } from '#app';
import { type Command, UsageError } from '../command.ts';
import { placeOf, settings } from '../store.ts';

/** What a person has to do before others may rely on the service again; nobody else can know it. */
const TO_DO = [
  'Revoke what was revoked after the backup and is in no published list, and issue again what was issued after it and is asked for.',
  'API keys, accounts, roles and signing keys that were revoked or retired after the backup are in force again: revoke them (`keys list`, `keys revoke`, /v1/api-keys, /v1/accounts).',
  'Definitions, pathways, keys and accreditations made after the backup are gone: make them again before their numbers are given to others.',
  'Class lists and approved requests that were under way wait: look at what was issued before you start them.',
  'Renew the offers that are still to be taken: their links are dead.',
  'Tell who keeps checkpoints of the log: those signed after the backup are of a log that is lost, and `audit verify` says so.',
  'What learners had erased after the backup and is in no list that was given (--erasures) is here again: erase it when they ask, or restore with the list.',
  'Never start the old store again: two stores that go on from one backup are a fork.',
];

export const restore: Command = {
  usage:
    '--from FILE [--data DIR] [--digest SHA256] [--published DIR|URL]... [--checkpoint NOTEFILE]... [--erasures FILE]... [--accept-lost-revocations] [--json]',
  summary:
    'Makes the store of a backup (- for standard input) in an empty directory or database, all of it or nothing. A backup is older than the truth: what was revoked after it is in force again unless a published status list says so. Give copies of the lists: a directory, or the address of what still serves them. Their bits are never cleared. What learners had erased after the backup is erased again from answers of /v1/erasures that were kept aside.',

  async run(args, io) {
    const options = {
      from: { type: 'string' },
      data: { type: 'string' },
      digest: { type: 'string' },
      published: { type: 'string', multiple: true },
      checkpoint: { type: 'string', multiple: true },
      erasures: { type: 'string', multiple: true },
      'accept-lost-revocations': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args, options });
    if (values.from === undefined) throw new UsageError('--from is missing');
    const config = { ...settings(), ...placeOf(values.data) };
    const request = {
      from: values.from,
      ...(values.digest === undefined ? {} : { digest: values.digest }),
      published: values.published ?? [],
      checkpoints: (values.checkpoint ?? []).map(note),
      erasures: (values.erasures ?? []).map(note),
      acceptLostRevocations: values['accept-lost-revocations'],
    };
    try {
      const report = await restoreStore(config, request);
      io.out(values.json ? `${JSON.stringify({ ok: true, ...report, toDo: TO_DO })}\n` : words(report));
      return 0;
    } catch (error) {
      if (!(error instanceof RestoreRefused)) throw error;
      if (values.json) io.out(`${JSON.stringify({ ok: false, detail: error.message })}\n`);
      else io.err(`nothing was restored: ${error.message}\n`);
      return 1;
    }
  },
};

function note(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function words(report: RestoreReport): string {
  const { madeAt, tables, audit, lists, missingLists, after, lostHead, erasures } = report;
  const rows = Object.values(tables).reduce((sum, some) => sum + some, 0);
  const known = lists.flatMap(({ publishedAt }) => publishedAt ?? []).sort()[0];
  const sum = (count: (list: RestoreReport['lists'][number]) => number) =>
    lists.reduce((all, one) => all + count(one), 0);
  return [
    `restored as of ${madeAt}: ${rows} rows of ${Object.keys(tables).length} tables, ${tables.credentials ?? 0} of them credentials; every row was read again`,
    `log: ${audit.seq} entries, the last ${audit.hash}, and one that says what happened`,
    lostHead
      ? `LOST: ${lostHead.size - audit.seq} entries of the log were signed after the backup. Checkpoints that cover them are of a fork from now on`
      : 'nobody showed a checkpoint that is newer than the backup',
    lists.length > 0
      ? `published lists: ${lists.length}; ${sum(({ changed }) => changed.length)} credentials are out of force by them, ${sum(({ unknown }) => unknown)} entries of credentials that are not in the backup stay set${known ? `; revocations are known up to ${known}` : ''}`
      : 'published lists: none',
    ...lists
      .filter(({ reinstated }) => reinstated > 0)
      .map(
        ({ listId, reinstated }) =>
          `${listId}: ${reinstated} were reinstated after the backup and are out of force here: look at them`,
      ),
    ...(missingLists.length > 0
      ? [`WITHOUT a published copy, revocations after the backup are lost: ${missingLists.join(', ')}`]
      : []),
    `ended: ${after.closedLists} status lists closed, ${after.heldBatches} class lists held, ${after.failedApprovals} approved requests failed, ${after.deadLinks} links dead, ${after.unsentMail} messages not sent, ${after.endedSessions} sessions and codes gone`,
    ...(erasures.again > 0 ? [`erased again: ${erasures.again} entries, as learners had wished`] : []),
    ...(erasures.waiting.length > 0
      ? [`TO BE ERASED once they are issued, as learners had wished: ${erasures.waiting.join(', ')}`]
      : []),
    '',
    'Before others rely on it:',
    ...TO_DO.map((one) => `- ${one}`),
    '',
  ].join('\n');
}
