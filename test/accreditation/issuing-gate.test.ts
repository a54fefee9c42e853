import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccreditedService, openAccredited, type Party } from './support/accredited-service.ts';

let on: AccreditedService;
beforeAll(async () => {
  on = await openAccredited();
});
afterAll(() => on.service.close());

const withdrawn = (effectiveAt: string) => ({ type: 'withdrawn', effectiveAt, reason: 'for the test' });
const audit = async (operation: string) =>
  (await on.service.app.storage.reader.auditEntries(undefined, { limit: 100_000 })).items.filter(
    (entry) => entry.operation === operation,
  );
const decide = (slug: string, key: string, body: object) =>
  on.service.call<{ id: string }>('POST', `/v1/institutions/${slug}/issuing-decisions`, { key, body });
async function accredited(slug: string, ends?: string): Promise<[Party, string]> {
  const party = await on.party(slug);
  const grant = await on.grant(on.council, party);
  if (ends) await on.event(on.council, grant, withdrawn(ends));
  return [party, await on.achievement(party)];
}

describe('IS-10: a date long past', () => {
  it('inside the window, issued within the grace after its end: allowed', async () => {
    // 29 days and some hours ago.
    const [party, achievement] = await accredited('specimen-grace', '2026-10-26');
    expect((await on.issue(party, achievement, { awardedDate: '2026-10-25' })).status).toBe(201);
  });

  it('inside the window, issued later than the grace after its end: refused as recorded too late', async () => {
    const [party, achievement] = await accredited('specimen-late', '2026-10-25');
    for (const awardedDate of ['2026-10-24', '2026-03-01']) {
      const { status, body } = await on.issue(party, achievement, { awardedDate });
      expect([status, body.errors[0]!.code]).toEqual([403, 'recorded_too_late']);
    }
  });

  it('of one still accredited: allowed, however long ago', async () => {
    const [party, achievement] = await accredited('specimen-steady');
    expect((await on.issue(party, achievement, { awardedDate: '2026-01-01' })).status).toBe(201);
  });

  it('inside a window that was over and began anew: allowed, for it is entitled today', async () => {
    const [party, achievement] = await accredited('specimen-renewed', '2026-06-01');
    await on.grant(on.council, party, { validFrom: '2026-10-01' });
    expect((await on.issue(party, achievement, { awardedDate: '2026-03-01' })).status).toBe(201);
  });
});

describe('IS-10: a date to come', () => {
  it('is refused when the accreditation is known to end before it', async () => {
    const party = await on.party('specimen-ahead');
    await on.grant(on.council, party, { validUntil: '2026-12-01' });
    const achievement = await on.achievement(party);
    expect((await on.issue(party, achievement, { awardedDate: '2026-11-30' })).status).toBe(201);
    const { status, body } = await on.issue(party, achievement, { awardedDate: '2026-12-01' });
    expect([status, body.errors?.[0]?.code]).toEqual([403, 'expired']);
  });

  it('is refused when the accreditation has not begun today', async () => {
    const party = await on.party('specimen-early');
    await on.grant(on.council, party, { validFrom: '2026-12-01' });
    const { status, body } = await on.issue(party, await on.achievement(party), { awardedDate: '2026-12-15' });
    expect([status, body.errors[0]!.code]).toEqual([403, 'not_yet']);
  });
});

describe('IS-10: only a recorded decision overrides', () => {
  it('for its institution, achievement and time, and the audit names it', async () => {
    const party = await on.party('specimen-decided');
    const [first, second] = [await on.achievement(party), await on.achievement(party)];
    expect((await on.issue(party, first)).status).toBe(403);
    const body = { achievementId: first, reason: 'Renewal applied for and pending', validUntil: '2026-12-01' };
    // Neither the institution nor an authority decides that about itself.
    for (const key of [party.issuer, party.authority]) expect((await decide(party.slug, key, body)).status).toBe(403);
    const made = await decide(party.slug, on.service.operatorKey, body);
    expect(made.status).toBe(201);
    const issued = await on.issue(party, first);
    expect(issued.status).toBe(201);
    expect((await on.issue(party, second)).status).toBe(403);
    const prepared = (await audit('credential.prepare')).filter(({ tenant }) => tenant === party.slug);
    expect(prepared.map(({ detail }) => detail?.decision)).toEqual([made.body.id]);
    expect((await audit('issuingDecision.record')).map(({ object }) => object)).toContain(made.body.id);
    // It changes what is issued here, never what a verifier finds.
    const report = await on.service.call<{ recognition: string }>('POST', '/v1/verifications', {
      body: { credential: issued.body.credentials[0]!.credential },
    });
    expect(report.body.recognition).not.toBe('recognised');
  });

  it('does not count before it begins or after it ends', async () => {
    const party = await on.party('specimen-window');
    const achievement = await on.achievement(party);
    await decide(party.slug, on.service.operatorKey, { reason: 'for the test', validFrom: '2026-11-25' });
    await decide(party.slug, on.service.operatorKey, {
      ...{ reason: 'for the test', validFrom: '2026-01-01', validUntil: '2026-11-24' },
    });
    expect((await on.issue(party, achievement)).status).toBe(403);
  });

  it('a badge back-dated under a decision is shown as not recognised by the service itself', async () => {
    const [party, achievement] = await accredited('specimen-backdated', '2026-09-01');
    await decide(party.slug, on.service.operatorKey, { reason: 'for the test' });
    const { status, body } = await on.issue(party, achievement, { awardedDate: '2026-06-15' });
    expect(status).toBe(201);
    const report = await on.service.call<{
      verdict: string;
      recognition: string;
      checks: { check: string; code: string; result: string }[];
    }>('POST', '/v1/verifications', { body: { credential: body.credentials[0]!.credential } });
    expect([report.body.verdict, report.body.recognition]).toEqual(['valid', 'not_recognised']);
    expect(report.body.checks.find(({ check }) => check === 'accreditation')).toMatchObject({
      ...{ result: 'fail', code: 'recorded_too_late' },
    });
  });
});

describe('IS-10: an anchor that is not at hand', () => {
  it('leaves it unknown, which refuses', async () => {
    const far = 'did:web:council.example';
    const other = await openAccredited({ anchors: () => [far] });
    const party = await other.party('specimen-college');
    const { status, body } = await other.issue(party, await other.achievement(party));
    expect([status, body.errors[0]!.code]).toEqual([403, 'unknown']);
    expect(body.errors[0]!.detail).toContain(far);
    await other.service.close();
  });

  it('does not stand in the way of a yes from another anchor', async () => {
    const other = await openAccredited({
      anchors: (prefix) => ['did:web:council.example', `${prefix}specimen-council`],
    });
    const party = await other.party('specimen-college');
    const achievement = await other.achievement(party);
    await other.grant(other.council, party);
    expect((await other.issue(party, achievement)).status).toBe(201);
    await other.service.close();
  });
});
