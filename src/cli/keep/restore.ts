import { readFileSync } from 'node:fs';
import { RestoreRefused, type RestoreReport, restoreStore } from '#app';
import { command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { DATA, placeOf, settings } from '../store.ts';

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

export const restore = command({
  operands: {},
  options: {
    from: { value: 'FILE', required: true, says: 'The backup; - for standard input' },
    ...DATA,
    digest: { value: 'SHA256', says: 'The digest that was noted when the backup was made' },
    published: { value: 'DIR|URL', many: true, says: 'Published status lists: a directory, or what still serves them' },
    checkpoint: { value: 'NOTEFILE', many: true, says: 'A checkpoint of the log that was kept elsewhere' },
    erasures: { value: 'FILE', many: true, says: 'An answer of /v1/erasures that was kept: erased again' },
    'accept-lost-revocations': { says: 'Restore without published lists: later revocations are lost' },
  },
  summary: 'Makes the store of a backup in an empty place, all of it or nothing',
  about:
    'A backup is older than the truth: what was revoked after it is in force again unless a published status list says so. The bits of lists are never cleared.',
  examples: ['restore --from store.tatak --data restored --published lists --checkpoint kept.txt'],
  exits: { 1: 'nothing was restored' },

  async run({ values, json }, io) {
    const config = { ...settings(), ...placeOf(values.data) };
    const request = {
      from: values.from === '-' ? (io.input ?? process.stdin) : values.from,
      ...(values.digest === undefined ? {} : { digest: values.digest }),
      published: values.published,
      checkpoints: values.checkpoint.map(note),
      erasures: values.erasures.map(note),
      acceptLostRevocations: values['accept-lost-revocations'],
    };
    try {
      const report = await restoreStore(config, request);
      io.out(json ? `${JSON.stringify({ ok: true, ...report, toDo: TO_DO })}\n` : words(report));
      return EXIT.done;
    } catch (error) {
      if (!(error instanceof RestoreRefused)) throw error;
      if (json) io.out(`${JSON.stringify({ ok: false, detail: error.message })}\n`);
      else io.err(`nothing was restored: ${error.message}\n`);
      return EXIT.fails;
    }
  },
});

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
