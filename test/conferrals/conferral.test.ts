import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestMultibase, sha256Hex } from '#kernel';
import { type Conferral, type ConferralWorld, conferralWorld, SUBJECT } from './world.ts';

let on: ConferralWorld;
let badges: string[];
let evaluationId: string;
let conferral: Conferral;

beforeAll(async () => {
  on = await conferralWorld();
  badges = [await on.issue(0), await on.issue(1), await on.issue(2)];
});
afterAll(() => on.close());

const until = (state: string) => on.until(conferral.id, state);

describe('a qualification from badges of three institutions', () => {
  it('is evaluated and kept, with everything it rests on', async () => {
    const { status, body } = await on.evaluate(badges);
    expect(status).toBe(201);
    expect(body).toMatchObject({ outcome: 'met', subjectId: SUBJECT });
    expect(body.sources.map(({ kind }) => kind)).toEqual(['pathway', 'credential', 'credential', 'credential']);
    evaluationId = body.id;
    const again = await on.service.call('GET', `/v1/stored-evaluations/${evaluationId}`, { key: on.university.issuer });
    expect(again.body).toEqual(body);
  });

  it('comes out byte for byte the same when it is run again', async () => {
    const stored = await on.evaluate(badges);
    const replay = await on.service.call<{ same: boolean; outputSha256: string }>(
      'POST',
      `/v1/stored-evaluations/${stored.body.id}/replay`,
      { key: on.university.issuer },
    );
    expect(replay.body).toMatchObject({ same: true, sameDecision: true, outputSha256: stored.body.outputSha256 });
    // The order in which the badges were given is no part of it.
    const other = await on.evaluate([...badges].reverse());
    expect(other.body.outputSha256).toBe(stored.body.outputSha256);
  });

  it('is conferred by the registrar, naming components, pathway and evaluation by id and digest', async () => {
    const { status, body } = await on.confer(evaluationId, { recipient: { name: 'Amihan Peñaflor' } });
    expect(body).toMatchObject({ state: 'conferred' });
    expect(status).toBe(201);
    conferral = body;
    const { evidence, credentialSubject } = body.credential;
    expect(credentialSubject.id).toBe(SUBJECT);
    expect(evidence.map(({ genre }) => genre)).toEqual([
      ...['Component credential', 'Component credential', 'Component credential'],
      ...['Pathway', 'Stack evaluation'],
    ]);
    expect(evidence.slice(0, 3).map(({ id }) => id)).toEqual(badges);
    for (const { id, digestMultibase: stated } of evidence.slice(0, 4)) {
      const { text } = await on.service.call('GET', new URL(id).pathname + new URL(id).search);
      expect(stated, id).toBe(digestMultibase(sha256Hex(text)));
    }
    const verified = await on.service.call<{ verdict: string }>('POST', '/v1/verifications', {
      body: { url: body.credentialUrl },
    });
    expect(verified.body.verdict).toBe('valid');
  });

  it('is conferred once, however often it is asked for', async () => {
    const again = await on.confer(evaluationId);
    expect(again.body).toMatchObject({ id: conferral.id, credentialId: conferral.credentialId });
    // Another evaluation of the same badges cannot be conferred beside it.
    const other = await on.evaluate(badges);
    const second = await on.confer(other.body.id);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ type: 'urn:tatak:problem:conflict', pointer: '/evaluationId' });
  });

  it('is flagged within seconds when a component is revoked, and not revoked by itself', async () => {
    await on.change(badges[1]!, 'revoke');
    const flagged = await until('under_review');
    expect(flagged.findings!.map(({ credential, code }) => [credential, code])).toEqual([
      [badges[1], 'revoked'],
      [undefined, 'not_met'],
    ]);
    const verified = await on.service.call<{ verdict: string }>('POST', '/v1/verifications', {
      body: { url: flagged.credentialUrl },
    });
    expect(verified.body.verdict).toBe('valid');
    const waiting = await on.service.call<{ items: { id: string }[] }>('GET', '/v1/conferrals?state=under_review', {
      key: on.university.issuer,
    });
    expect(waiting.body.items.map(({ id }) => id)).toEqual([conferral.id]);
    // Whoever looks at the award sees it too, and that it stands.
    const path = new URL(flagged.credentialUrl).pathname;
    for (const [lang, words] of [
      ['en', 'Under review'],
      ['fil', 'Sinusuri'],
    ]) {
      const page = await on.service.call('GET', `${path}?lang=${lang}`, { headers: { accept: 'text/html' } });
      expect(page.text).toContain(words);
    }
  });

  it('is withdrawn by the registrar, which revokes it and frees the other components', async () => {
    const review = (decision: string) =>
      on.service.call<Conferral>('POST', `/v1/conferrals/${conferral.id}/review`, {
        key: on.university.issuer,
        body: { decision, reason: 'A component was revoked' },
      });
    expect((await review('withdraw')).body).toMatchObject({ state: 'withdrawn' });
    expect((await review('uphold')).status).toBe(409);
    const verified = await on.service.call<{ verdict: string }>('POST', '/v1/verifications', {
      body: { url: conferral.credentialUrl },
    });
    expect(verified.body.verdict).toBe('invalid');
    const fresh = await on.issue(1);
    const evaluation = await on.evaluate([badges[0], fresh, badges[2]]);
    const next = await on.confer(evaluation.body.id);
    expect(next.body).toMatchObject({ state: 'conferred' });
    expect(next.body.id).not.toBe(conferral.id);
  });
});
