import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconcile } from '#credentials';
import { type JsonObject, Problem, parseStrictJson } from '#kernel';
import { openJwt } from '#proofs';
import { walk } from './support/drift.ts';
import { problem } from './support/problem.ts';
import {
  ACTOR,
  auditOf,
  OTHER,
  openWorld,
  PUBLIC,
  type SetClock,
  seed,
  setClock,
  TENANT,
  type World,
} from './support/world.ts';

const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
const SECOND = 'did:key:z6MkfrQeFvS4bWEMuGwv1qHdRyS7FWxhXgkcbfjdhCWLvpQm';

describe('forms of an award', () => {
  let world: World;
  let clock: SetClock;
  beforeEach(async () => {
    clock = setClock();
    world = await openWorld({ clock });
  });
  afterEach(() => world.close());

  async function awarded(definition: Parameters<typeof seed>[1] = {}, recipient: object = {}) {
    const { achievementId } = await seed(world, definition);
    const body = { achievementId, include: ['name'], recipients: [{ name: 'Maria Specimen', ...recipient }] };
    const [one] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body: body as never });
    return one!;
  }
  const ask = (credentialId: string, ...holders: string[]) =>
    world.issuer.issueForms({ tenant: TENANT, actor: 'offer:one', credentialId, holders, offerId: 'one' });
  const change = (credentialId: string, action: 'revoke' | 'suspend' | 'reinstate') =>
    world.status.change({ tenant: TENANT, credentialId, action, reason: 'mali', actor: ACTOR });

  it('are the same award for a holder, signed as document and as token', async () => {
    const web = await awarded();
    clock.advance(86_400_000);
    const [form] = await ask(web.credentialId, HOLDER);
    expect(form).toMatchObject({ awardId: web.awardId, subjectId: HOLDER });
    const document = parseStrictJson(form!.text) as JsonObject;
    const { proof: _, ...first } = parseStrictJson(web.text) as JsonObject;
    const { proof: __, ...said } = document;
    expect(said).toEqual({
      ...first,
      id: `${PUBLIC}/credentials/${form!.credentialId}`,
      credentialSubject: { ...(first.credentialSubject as JsonObject), id: HOLDER },
      credentialStatus: said.credentialStatus,
    });
    expect(said.credentialStatus).not.toEqual(first.credentialStatus);
    expect(openJwt(form!.jwt).document).toEqual(said);
    for (const text of [form!.text, form!.jwt])
      expect(await world.checkReleased(text)).toMatchObject({ outcome: 'pass' });
    const row = (await world.reader.credential(form!.credentialId))!;
    expect(row).toMatchObject({
      edition: 2,
      formOf: web.credentialId,
      offerId: 'one',
      phase: 'issued',
      state: 'active',
    });
    const entries = (await auditOf(world)).filter(({ object }) => object === form!.credentialId);
    expect(entries.map(({ operation, actor }) => [operation, actor])).toEqual([
      ['credential.prepare', 'offer:one'],
      ['credential.issue', 'offer:one'],
    ]);
    expect(entries[0]!.detail).toMatchObject({ formOf: web.credentialId, offer: 'one' });
    expect(await walk(world, 50)).toMatchObject({ checked: 2, drift: [] });
    expect(await world.storage.integrity()).toEqual([]);
  });

  it.each([
    ['the suite of the definition', { securing: 'ecdsa-jcs-2019' }, /^vc\+jwt$/],
    ['the token form of the definition', { jwt: 'ob-jwt' }, /^JWT$/],
  ] as const)('keep %s', async (_, definition, typ) => {
    await seed(world);
    const key = { purpose: 'assertion', algorithm: 'P-256' } as const;
    await world.institutions.createKey({ tenant: TENANT, ...key, actor: ACTOR, immediately: true });
    const web = await awarded(definition);
    const [form] = await ask(web.credentialId, HOLDER);
    const suite = (text: string) => (JSON.parse(text) as { proof: { cryptosuite: string } }).proof.cryptosuite;
    expect(suite(form!.text)).toBe(suite(web.text));
    expect(JSON.parse(Buffer.from(form!.jwt.split('.')[0]!, 'base64url').toString()).typ).toMatch(typ);
  });

  it('are one for each holder, however often and by how many at once they are asked for', async () => {
    const web = await awarded();
    const asked = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        at % 2 ? ask(web.credentialId, HOLDER) : ask(web.credentialId, SECOND, HOLDER),
      ),
    );
    const texts = new Set(asked.flat().map(({ text }) => text));
    expect(texts.size).toBe(2);
    expect(asked[0]!.map(({ subjectId }) => subjectId)).toEqual([SECOND, HOLDER]);
    const forms = await world.reader.formsOf(TENANT, web.credentialId);
    expect(forms.map(({ edition }) => edition)).toEqual([2, 3]);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('are no other awards in lists and counts', async () => {
    const web = await awarded();
    const [form] = await ask(web.credentialId, HOLDER);
    const list = async (filter = {}) =>
      (await world.reader.credentials({ tenant: TENANT, ...filter }, { limit: 9 })).items.map(
        (row) => row.credentialId,
      );
    expect(await list()).toEqual([web.credentialId]);
    expect(await world.reader.countAwardedSince(TENANT, '2026-01-01T00:00:00Z')).toBe(1);
    const { keyId } = (await world.reader.credential(web.credentialId))!;
    expect((await list({ keyId })).sort()).toEqual([web.credentialId, form!.credentialId].sort());
    const own = await world.reader.credentialsOfSubject(TENANT, HOLDER, 5);
    expect(own.map((row) => row.credentialId)).toEqual([form!.credentialId]);
  });

  it.each([0, 1])('stand and fall with the award, whichever is named (%i)', async (at) => {
    const web = await awarded({ statusPurpose: 'suspension' });
    const forms = await ask(web.credentialId, HOLDER, SECOND);
    const ids = [web.credentialId, ...forms.map((one) => one.credentialId)];
    const states = async () => (await world.reader.credentialsByIds(TENANT, ids)).map(({ state }) => state);
    const changed = (state: string) => ({ credentialId: ids[at], state, at: '2026-06-01T08:00:00Z', published: true });
    expect(await change(ids[at]!, 'suspend')).toEqual(changed('suspended'));
    expect(await states()).toEqual(['suspended', 'suspended', 'suspended']);
    expect(await problem(ask(web.credentialId, HOLDER))).toMatchObject({ kind: 'conflict' });
    expect(await change(ids[at]!, 'reinstate')).toEqual(changed('active'));
    expect((await ask(web.credentialId, HOLDER))[0]!.text).toBe(forms[0]!.text);
    expect(await change(ids[at]!, 'revoke')).toEqual(changed('revoked'));
    expect(await states()).toEqual(['revoked', 'revoked', 'revoked']);
    for (const id of ids) {
      const row = (await world.reader.credential(id))!;
      expect(await world.reader.setStatusIndexes(row.statusListId)).toContain(row.statusListIndex);
      expect((await world.reader.statusEvents(id)).map(({ action }) => action)).toEqual([
        'suspend',
        'reinstate',
        'revoke',
      ]);
    }
    expect(await problem(change(ids[at]!, 'revoke'))).toMatchObject({ kind: 'conflict' });
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('refuse an award that does not stand, and leave nothing behind', async () => {
    const web = await awarded({}, { validUntil: '2026-06-02T00:00:00Z' });
    const [form] = await ask(web.credentialId, HOLDER);
    const kindOf = async (id: string, ...holders: string[]) => ((await problem(ask(id, ...holders))) as Problem).kind;
    expect(await kindOf('0'.repeat(26), HOLDER)).toBe('not-found');
    // A form of a form would be a second chain.
    expect(await kindOf(form!.credentialId, HOLDER)).toBe('not-found');
    const stranger = { tenant: OTHER, actor: ACTOR, credentialId: web.credentialId, holders: [HOLDER] };
    expect(await problem(world.issuer.issueForms(stranger))).toMatchObject({ kind: 'not-found' });
    for (const bad of ['', 'z6Mk', 'mailto:x@example.org', `did:key:${'z'.repeat(3_000)}`, 'did:key:z\u202e']) {
      expect(await kindOf(web.credentialId, bad), bad).toBe('invalid-request');
    }
    expect(await kindOf(web.credentialId)).toBe('invalid-request');
    expect(await kindOf(web.credentialId, HOLDER, HOLDER)).toBe('invalid-request');
    expect(await kindOf(web.credentialId, ...Array.from({ length: 21 }, (_, at) => `did:key:z${at}`))).toBe(
      'invalid-request',
    );
    clock.set('2026-06-02T00:00:00Z');
    await ask(web.credentialId, SECOND);
    clock.set('2026-06-02T00:00:01Z');
    expect(await kindOf(web.credentialId, HOLDER)).toBe('gone');
    const other = await awarded();
    await change(other.credentialId, 'revoke');
    expect(await kindOf(other.credentialId, HOLDER)).toBe('gone');
    expect(await world.reader.formsOf(TENANT, other.credentialId)).toEqual([]);
    expect(await world.reader.formsOf(TENANT, web.credentialId)).toHaveLength(2);
  });

  it('never escape a revocation that comes at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const web = await awarded();
      const [asked] = await Promise.allSettled([
        ask(web.credentialId, HOLDER, SECOND),
        change(web.credentialId, 'revoke'),
      ]);
      const forms = await world.reader.formsOf(TENANT, web.credentialId);
      for (const form of forms) expect(form.state).toBe('revoked');
      if (asked!.status === 'rejected') expect(asked!.reason).toMatchObject({ kind: 'gone' });
      expect((await world.reader.credential(web.credentialId))!.state).toBe('revoked');
    }
    expect((await reconcile(world.deps)).left).toEqual([]);
    expect(await world.storage.integrity()).toEqual([]);
  });
});

describe('a form that was interrupted', () => {
  /** A world whose issuer fails at one step, once. */
  async function interrupted(at: number) {
    const clock = setClock();
    let armed = false;
    const world = await openWorld({
      clock,
      change: () => ({
        onStep: (step) => {
          if (!armed || step !== at) return;
          armed = false;
          throw new Problem('unavailable', 'interrupted');
        },
      }),
    });
    const { achievementId } = await seed(world);
    const body = { achievementId, recipients: [{ name: 'Maria Specimen' }] };
    const [web] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    armed = true;
    const ask = () =>
      world.issuer.issueForms({
        tenant: TENANT,
        actor: 'offer:one',
        credentialId: web!.credentialId,
        holders: [HOLDER, SECOND],
      });
    expect(await problem(ask())).toMatchObject({ kind: 'unavailable' });
    return { world, web: web!, ask };
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('at step %i is finished by whoever asks again', async (step) => {
    const { world, web, ask } = await interrupted(step);
    const left = await world.reader.formsOf(TENANT, web.credentialId);
    expect(left.map(({ phase }) => phase)).toEqual(
      step < 6 ? [] : step < 10 ? ['prepared', 'prepared'] : ['issued', 'issued'],
    );
    const forms = await ask();
    expect(forms).toHaveLength(2);
    expect(await world.reader.preparedCredentials(9)).toEqual([]);
    if (step >= 6) expect(forms.map((one) => one.credentialId)).toEqual(left.map((row) => row.credentialId));
    expect(await walk(world, 50)).toMatchObject({ checked: 3, drift: [] });
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });

  it('is finished at the next start, or given up with its bit set when its award fell meanwhile', async () => {
    const one = await interrupted(7);
    expect(await reconcile(one.world.deps)).toMatchObject({ abandoned: [], left: [], finished: { length: 2 } });
    await one.world.close();

    const { world, web, ask } = await interrupted(7);
    const left = await world.reader.formsOf(TENANT, web.credentialId);
    await world.status.change({
      tenant: TENANT,
      credentialId: web.credentialId,
      action: 'revoke',
      reason: 'mali',
      actor: ACTOR,
    });
    expect(await reconcile(world.deps)).toMatchObject({ finished: [], left: [], abandoned: { length: 2 } });
    for (const { statusListId, statusListIndex } of left) {
      expect(await world.reader.setStatusIndexes(statusListId)).toContain(statusListIndex);
    }
    expect(await problem(ask())).toMatchObject({ kind: 'gone' });
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });

  it('is made anew when its key was revoked meanwhile', async () => {
    const { world, web, ask } = await interrupted(6);
    const [left] = await world.reader.formsOf(TENANT, web.credentialId);
    await world.institutions.revokeKey({ tenant: TENANT, keyId: left!.keyId, actor: ACTOR });
    // Until the records of the keys are read again.
    (world.clock as SetClock).advance(120_000);
    const forms = await ask();
    const rows = await world.reader.credentialsByIds(
      TENANT,
      forms.map((one) => one.credentialId),
    );
    for (const row of rows) expect(row.keyId).not.toBe(left!.keyId);
    expect((await world.reader.credential(left!.credentialId))!.phase).toBe('abandoned');
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });
});
