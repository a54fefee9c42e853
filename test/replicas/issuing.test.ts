import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usePostgres } from '../support/postgres.ts';
import { openReplicas, type Replicas } from '../support/replicas.ts';

const server = usePostgres();
let replicas: Replicas;
let databaseUrl: string;
let issuer: string;
let achievementId: string;

beforeAll(async () => {
  databaseUrl = await server().database();
  replicas = await openReplicas({ databaseUrl });
  const [one] = replicas.all;
  ({ issuer } = await one!.institution('specimen-college'));
  const achievement = { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } };
  const made = await one!.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement },
  });
  achievementId = made.body.achievementId;
}, 60_000);
afterAll(() => replicas?.close());

const asked = (name: string) => ({ achievementId, recipients: [{ name, email: `${name}@students.example` }] });
type Issued = { credentials: { id: string }[] };

describe('two replicas on one database', () => {
  it('issue at once in the name of an institution that was made on one of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        replicas.all[n % 2]!.call<Issued>('POST', '/v1/credentials', { key: issuer, body: asked(`learner-${n}`) }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const ids = answers.map(({ body }) => body.credentials[0]!.id.split('/').at(-1)!);
    expect(new Set(ids).size).toBe(200);

    const { storage } = replicas.all[1]!.app;
    const rows = await storage.reader.credentialsByIds('specimen-college', ids);
    const places = rows.map((row) => `${row.statusListId} ${row.statusListIndex & ~7} ${row.statusListIndex}`);
    expect(rows.every((row) => row.phase === 'issued')).toBe(true);
    expect(new Set(places).size).toBe(200);
    expect(await storage.integrity()).toEqual([]);
    expect(await storage.reader.preparedCredentials(10)).toEqual([]);
  }, 120_000);

  it('serve at one public address what either of them issued, to the byte', async () => {
    const made = await replicas.all[0]!.call<Issued>('POST', '/v1/credentials', { key: issuer, body: asked('amihan') });
    const id = made.body.credentials[0]!.id.split('/').at(-1)!;
    const url = `${replicas.publicUrl}/credentials/${id}.json`;
    const texts = await Promise.all([fetch(url), fetch(url), fetch(url)].map(async (answer) => (await answer).text()));
    expect(new Set(texts).size).toBe(1);
    expect(JSON.parse(texts[0]!)).toMatchObject({ id: expect.stringContaining(id), proof: expect.anything() });
    // The other one knows the issuer's keys, the status list and the register.
    const checked = await replicas.all[1]!.call<{ verdict: string }>('POST', '/v1/verifications', {
      body: { credential: JSON.parse(texts[0]!) },
    });
    expect(checked.body.verdict, checked.text).toBe('valid');
  });

  it('answer a repeated Idempotency-Key alike, whichever of them is asked, also at the same moment', async () => {
    const headers = { 'idempotency-key': 'one-request' };
    const request = { key: issuer, body: asked('bituin'), headers };
    const answers = await Promise.all(
      [0, 1, 0, 1].map((n) => replicas.all[n]!.call<Issued>('POST', '/v1/credentials', request)),
    );
    answers.push(await replicas.all[1]!.call<Issued>('POST', '/v1/credentials', request));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.credentials[0]!.id)).size).toBe(1);
    expect(await replicas.all[0]!.app.storage.integrity()).toEqual([]);
  });

  it('make one operator key, one key of the log and one keystore, when they start at once on an empty database', async () => {
    const [url] = [await server().database()];
    const [a, b] = await Promise.all([
      openReplicas({ databaseUrl: url, count: 1 }),
      openReplicas({ databaseUrl: url, count: 1 }),
    ]);
    expect([a!.operatorKey, b!.operatorKey].filter(Boolean)).toHaveLength(1);
    const keys = await a!.all[0]!.app.storage.reader.apiKeys(undefined, { limit: 10 });
    expect(keys.items).toHaveLength(1);
    expect(await server().run(url, 'select key_id from log_keys')).toHaveLength(1);
    await Promise.all([a!.close(), b!.close()]);
  }, 60_000);

  it('refuse another passphrase before anything is signed', async () => {
    const other = openReplicas({ databaseUrl, count: 1, env: { TATAK_PASSPHRASE: 'another passphrase altogether' } });
    await expect(other).rejects.toThrow('the passphrase does not open the keys of this store');
  });
});
