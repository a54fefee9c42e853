/**
 * A store with a million credentials, made once and kept under `data/bench` (about 5.5 GiB, most of it indexes; `npm run bench -- --forget`
 * removes it). Institutions, keys, definition and one badge come from the service itself; the others are rows copied from
 * that badge with ids of their own, written as SQL. Their texts are cut to 1,200 and 300 bytes and carry no real signature:
 * looking one up and starting read no more of a text than that it is there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { assemble, readConfig, readSecrets } from '#app';
import { randomId, systemRandom } from '#kernel';
import { auditHash } from '#observability';
import { newPort, serviceOf } from '../support/service.ts';

const CREDENTIALS = 1_000_000;
const BATCH = 100_000;
const SIGNED = 1_200;
const UNSIGNED = 300;
const LIST = 131_072;
/** Share of what does not stand: one in a hundred. */
const REVOKED = 100;

const root = join(import.meta.dirname, '..', '..', 'data', 'bench');
const MADE = 'made.json';
const BEGUN = 'begun.json';

export interface LargeStore {
  directory: string;
  tenant: string;
  issuerKey: string;
  achievementId: string;
  keyId: string;
  batchIds: string[];
  /** Names of the migrations it was made with: another schema, another store. */
  schema: string;
}

const schemaNow = (): string =>
  readdirSync(join(import.meta.dirname, '..', '..', 'src', 'storage', 'migrations'))
    .sort()
    .join(' ');

/** Goes on where it was stopped: each hundred thousand is one transaction. */
export async function largeStore(say: (line: string) => void): Promise<LargeStore> {
  const directory = join(root, `credentials-${CREDENTIALS}`);
  const file = join(directory, MADE);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LargeStore) : undefined;
  if (known?.schema === schemaNow()) return known;
  const work = `${directory}.part`;
  rmSync(directory, { recursive: true, force: true });
  const begun = join(work, BEGUN);
  const before = existsSync(begun) ? (JSON.parse(readFileSync(begun, 'utf8')) as Begun) : undefined;
  if (before?.schema !== schemaNow()) rmSync(work, { recursive: true, force: true });
  say(`making a store with ${CREDENTIALS} credentials in ${directory}`);
  const made = before?.schema === schemaNow() ? before : await begin(work);
  const batchIds = multiply(join(work, 'tatak.sqlite'), say);
  // The service signs the head of its log, as it does every hour.
  await (await open(work)).close();
  const store: LargeStore = { ...made, directory, batchIds };
  writeFileSync(join(work, MADE), JSON.stringify(store));
  renameSync(work, directory);
  return store;
}

export const forgetLargeStore = (): void => rmSync(root, { recursive: true, force: true });

/** The service on such a directory, in this process. */
async function open(directory: string) {
  const settings = {
    ...{ TATAK_PORT: String(newPort()), TATAK_TLS_PORT: String(newPort()) },
    ...{ TATAK_DATA: directory, TATAK_LOG_LEVEL: 'silent' },
  };
  const config = readConfig(settings);
  const app = await assemble(config, readSecrets(settings, config), {
    rateLimits: { address: 1e9, key: 1e9, expensive: 1e9 },
  });
  const { operatorKey = '' } = await app.start();
  return { app, operatorKey, publicUrl: config.publicUrl, close: () => app.close() };
}

type Begun = Omit<LargeStore, 'directory' | 'batchIds'>;

async function begin(directory: string): Promise<Begun> {
  mkdirSync(directory, { recursive: true });
  const made = { ...(await firstOf(directory)), schema: schemaNow() };
  writeFileSync(join(directory, BEGUN), JSON.stringify(made));
  return made;
}

async function firstOf(directory: string) {
  const { app, operatorKey, publicUrl } = await open(directory);
  const service = serviceOf(app, { directory: join(directory, 'nothing'), operatorKey, publicUrl });
  const tenant = 'specimen-registry';
  const { issuer: issuerKey } = await service.institution(tenant);
  const criteria = { narrative: 'Measured.' };
  const achievement = { name: 'SPECIMEN Bench', description: 'A badge to measure with.', criteria };
  const defined = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuerKey,
    body: { achievement },
  });
  const { achievementId } = defined.body;
  const issued = await service.call('POST', '/v1/credentials', {
    key: issuerKey,
    body: { achievementId, recipients: [{ name: 'Specimen', email: 'one@students.example', studentNumber: '1' }] },
  });
  if (issued.status !== 201) throw new Error(issued.text);
  const { keyId } = (await app.storage.reader.credentials({ tenant }, { limit: 1 })).items[0]!;
  await service.close();
  return { tenant, issuerKey, achievementId, keyId };
}

type Row = Record<string, string | number | null>;

/** Every row a copy of the first, in one transaction for each batch. @returns ids of the batches */
function multiply(path: string, say: (line: string) => void): string[] {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -400000');
  const one = (table: string) => database.prepare(`select * from ${table} limit 1`).get() as Row;
  const into = (table: string, row: Row) => {
    const names = Object.keys(row).map((name) => `"${name}"`);
    const statement = database.prepare(`insert into ${table} (${names}) values (${names.map(() => '?')})`);
    return (next: Row) => statement.run(Object.keys(row).map((name) => next[name]!));
  };
  const credential = database.prepare('select * from credentials order by rowid limit 1').get() as Row;
  const [list, entry] = [one('status_lists'), one('status_entries')];
  const audited = database.prepare('select * from audit order by seq desc limit 1').get() as Row;
  const insert = {
    credential: into('credentials', credential),
    entry: into('status_entries', entry),
    list: into('status_lists', list),
    audit: into('audit', audited),
  };
  let { seq, hash } = audited as { seq: number; hash: string };
  const began = Date.parse(String(credential.prepared_at));
  const filler = (length: number) => String(credential.signed).slice(0, length);
  const there = (database.prepare('select count(*) as count from credentials').get() as { count: number }).count - 1;
  const known = database.prepare('select distinct batch_id as id from credentials where batch_id is not null').all();
  const batchIds = (known as { id: string }[]).map(({ id }) => id);
  let [listId, used] = ['', LIST];
  for (let from = there; from < CREDENTIALS - 1; from += BATCH) {
    const batchId = randomId(systemRandom);
    batchIds.push(batchId);
    database.transaction(() => {
      for (let n = from; n < Math.min(from + BATCH, CREDENTIALS - 1); n++) {
        if (used >= LIST / 4) {
          [listId, used] = [randomId(systemRandom), 0];
          insert.list({ ...list, list_id: listId, published: null, published_at: null, reserved: LIST / 4 });
        }
        // A fixed step through the even quarter of the list: no index twice, and no pair.
        const index = ((used * 5_077) % (LIST / 4)) * 4;
        const pair = Math.min(index, index ^ 7);
        used++;
        const at = new Date(began + Math.floor(n / 20) * 1_000).toISOString().replace('.000', '');
        const credentialId = randomId(systemRandom);
        const subject = `urn:uuid:${uuid()}`;
        insert.credential({
          ...credential,
          ...{ credential_id: credentialId, award_id: `urn:uuid:${uuid()}`, subject_id: subject },
          recipient: JSON.stringify({
            subjectId: subject,
            email: `s${n}@students.example`,
            studentNumber: `2026-${n}`,
          }),
          ...{ email: `s${n}@students.example`, student_number: `2026-${n}` },
          ...{ status_list_id: listId, status_list_index: index, state: n % REVOKED === 0 ? 'revoked' : 'active' },
          ...{ unsigned: filler(UNSIGNED), signed: filler(SIGNED) },
          ...{ batch_id: batchId, batch_row: n - from, prepared_at: at, issued_at: at },
        });
        insert.entry({ ...entry, list_id: listId, pair, index, credential_id: credentialId });
        const { tenant, actor } = audited as { tenant: string; actor: string };
        const said = { seq: ++seq, at, tenant, actor, operation: 'credential.issue', object: credentialId };
        const next = { ...said, objectSha256: String(credential.sha256), previousHash: hash };
        hash = auditHash(next);
        const shown = { object_sha256: next.objectSha256, previous_hash: next.previousHash, detail: null };
        insert.audit({ ...said, ...shown, hash });
      }
    })();
    say(`${Math.min(from + BATCH, CREDENTIALS)} credentials`);
  }
  database.exec(
    `update status_lists set reserved = (select count(*) from status_entries e where e.list_id = status_lists.list_id)`,
  );
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return batchIds;
}

function uuid(): string {
  const hex = Buffer.from(systemRandom.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
