import Database from 'better-sqlite3';
import { createRecheck, type Drift, type DriftCode } from '#credentials';
import { type JsonObject, parseStrictJson, sha256Hex } from '#kernel';
import { contextRules, createContextLoader } from '#proofs';
import { TEST_PH_CONTEXT } from '../../support/golden-badge.ts';
import { PUBLIC, TENANT, type World } from './world.ts';

/** The auditor of a test world. */
export function recheckOf(world: World) {
  const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: `${PUBLIC}/contexts/ph/v1-draft` });
  return createRecheck({
    ...{ reader: world.reader, publicUrl: PUBLIC, specimen: true },
    contexts: { ...contextRules(loader), kind: loader.kind },
    checkReleased: world.checkReleased,
    checkSigned: async () => ({ outcome: 'fail', code: 'no plain credentials here', proofs: [] }),
  });
}

/** Walks the whole log. */
export async function walk(world: World, piece = 500): Promise<{ checked: number; drift: Drift[] }> {
  const recheck = recheckOf(world);
  const all = { checked: 0, drift: [] as Drift[] };
  for (let [after, done] = [0, false]; !done; ) {
    const next = await recheck.next(after, piece);
    ({ after, done } = next);
    all.checked += next.checked;
    all.drift.push(...next.drift);
  }
  return all;
}

/** What is done to a row, by somebody who can write into the file; and how it shows. */
export interface Corruption {
  what: string;
  code: DriftCode;
  change(row: Row, other: Row, sign: (document: JsonObject) => Promise<string>): Promise<Row | null> | Row | null;
}

/** A row of the table, by the names of its columns. */
export type Row = Record<string, string | number | null>;

const text = (row: Row, column: string) => String(row[column]);
const column = (name: string, code: DriftCode, value: (row: Row) => string | number | null): Corruption => ({
  ...{ what: `the column ${name}`, code },
  change: (row) => ({ ...row, [name]: value(row) }),
});
const bytes = (what: string, code: DriftCode, change: (signed: string) => string): Corruption => ({
  ...{ what, code },
  // With the digest beside it, as somebody would who knows what it is for.
  change: (row) => ({ ...row, signed: change(text(row, 'signed')), sha256: sha256Hex(change(text(row, 'signed'))) }),
});
/** Drawn up against a rule, and signed with the institution's own key; record and log agree with it. */
const against = (what: string, change: (document: JsonObject) => void): Corruption => ({
  ...{ what, code: 'lint' },
  async change(row, _other, sign) {
    const document = parseStrictJson(text(row, 'unsigned')) as JsonObject;
    change(document);
    const signed = await sign(document);
    return { ...row, unsigned: JSON.stringify(document), signed, sha256: sha256Hex(signed), logged: sha256Hex(signed) };
  },
});

/** Twenty of them. */
export const CORRUPTIONS: readonly Corruption[] = [
  bytes('a letter of a name', 'proof', (signed) => signed.replace('Computer', 'Computor')),
  bytes('white space, which no signature sees', 'bytes', (signed) => signed.replace('{', '{ ')),
  bytes('another order of members', 'bytes', (signed) => {
    const { id, ...rest } = parseStrictJson(signed) as JsonObject;
    return JSON.stringify({ ...rest, id });
  }),
  bytes('a member twice', 'unreadable', (signed) => signed.replace('{', '{"id":"urn:x",')),
  bytes('no proof', 'proof', (signed) => {
    const { proof: _, ...rest } = parseStrictJson(signed) as JsonObject;
    return JSON.stringify(rest);
  }),
  bytes('cut off', 'unreadable', (signed) => signed.slice(0, -1)),
  {
    what: 'the text of another',
    code: 'columns',
    change: (row, { signed, sha256 }) => ({ ...row, signed: signed!, sha256: sha256! }),
  },
  { what: 'taken out', code: 'missing', change: () => null },
  column('sha256', 'bytes', (row) => text(row, 'sha256').replace(/^./, (one) => (one === '0' ? '1' : '0'))),
  column('unsigned', 'changed', (row) => text(row, 'unsigned').replace('Computer', 'Computor')),
  column('status_list_index', 'status', (row) => Number(row.status_list_index) ^ 1024),
  column('status_purpose', 'status', () => 'suspension'),
  column('valid_until', 'columns', () => '2099-01-01T00:00:00Z'),
  column('awarded_date', 'columns', () => '2020-01-01T00:00:00Z'),
  column('award_id', 'columns', () => 'urn:uuid:00000000-0000-4000-8000-000000000000'),
  column('recipient', 'columns', () => '{"subjectId":"urn:uuid:00000000-0000-4000-8000-000000000000"}'),
  column('key_id', 'columns', (row) => `${text(row, 'key_id')}x`),
  column('phase', 'missing', () => 'abandoned'),
  against('a name that is no specimen', (document) => {
    document.name = 'Computer systems';
  }),
  against('the status of nobody', (document) => {
    (document.credentialStatus as JsonObject).statusListCredential = 'https://elsewhere.example/status/1';
  }),
];

/** Corrupts rows of an open store, in their order. @returns the ids */
export async function corrupt(world: World, path: string, ids: readonly string[], other: string): Promise<void> {
  const signing = await world.deps.authority.forTenant(TENANT, 'assertion');
  const sign = async (document: JsonObject) =>
    JSON.stringify(await world.deps.proofs.sign(document, signing.signer, String(created)));
  let created: unknown;
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  database.pragma('ignore_check_constraints = ON');
  for (const { name } of database.prepare(`select name from sqlite_master where type = 'trigger'`).all() as Row[]) {
    database.exec(`drop trigger "${name}"`);
  }
  const rowOf = (id: string) => database.prepare('select * from credentials where credential_id = ?').get(id) as Row;
  for (const [index, id] of ids.entries()) {
    const row = rowOf(id);
    created = row.proof_created;
    const changed = await CORRUPTIONS[index]!.change(row, rowOf(other), sign);
    database.prepare('delete from credentials where credential_id = ?').run(id);
    if (!changed) continue;
    const { logged, ...columns } = changed;
    const names = Object.keys(columns);
    database
      .prepare(`insert into credentials (${names.map((name) => `"${name}"`)}) values (${names.map(() => '?')})`)
      .run(...Object.values(columns));
    if (logged) {
      database
        .prepare(`update audit set object_sha256 = ? where object = ? and operation = 'credential.issue'`)
        .run(logged, id);
    }
  }
  database.close();
}

/** Issues so many badges, in lists of 100. */
export async function issueMany(world: World, achievementId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const recipients = Array.from({ length: Math.min(100, count - ids.length) }, () => ({ awardedDate: '2026-05-30' }));
    const done = await world.issuer.issue({ tenant: TENANT, actor: 'key:test', body: { achievementId, recipients } });
    ids.push(...done.map(({ credentialId }) => credentialId));
  }
  return ids;
}
