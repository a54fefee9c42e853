import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecidingWorld, decidingWorld, node, type Shown } from './support/world.ts';

let on: DecidingWorld;
beforeAll(async () => {
  on = await decidingWorld();
}, 60_000);
afterAll(() => on.service.close());

interface Answer extends Shown {
  type?: string;
  errors?: { pointer: string }[];
}

const MEMBERS = [
  ...['from', 'to', 'category', 'credit', 'cap', 'validFrom', 'validUntil', 'decisionDate', 'panel', 'appeal'],
  ...['legalInstrument', 'outcomeMatching', 'evidence', 'realism', 'supersedes', 'tenant', 'state', '__proto__'],
];
const near = fc.constantFrom<unknown>(
  ...['', '3', '-1', '1e9', '2026-06-15', '2026-02-30', '\u202e', 'A\u0301', 'urn:a:1', 'https://x.example/', '\u0000'],
  ...[null, 0, -1, 1.5, true, [], {}, [{}], [[]], { mode: 'block' }, { system: 'ECTS' }, { from: 'x', match: 'none' }],
);
const bodies = fc
  .dictionary(fc.constantFrom(...MEMBERS), fc.oneof(near, fc.jsonValue({ maxDepth: 3 })), { maxKeys: 6 })
  .chain((changes) => fc.constantFrom({ ...on.input(), ...changes }, changes));

const count = async () =>
  (await on.service.call<{ items: object[] }>('GET', '/v1/equivalences?limit=200', { key: on.university.key })).body
    .items.length;

describe('whatever is sent', () => {
  it('is stored whole or refused with pointers; what is decided can be read again', async () => {
    let stored = await count();
    let decided = 0;
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { status, body: answer } = await on.post<Answer>('/v1/equivalences', body);
        if (status === 201) {
          stored++;
          const done = await on.post<Answer>(`/v1/equivalences/${answer.id}/decision`, { revision: 1 });
          expect([201, 400]).toContain(done.status);
          if (done.status === 201) decided++;
          else expect(done.body.errors?.length).toBeGreaterThan(0);
        } else {
          expect(status).toBe(400);
          expect(answer.type).toMatch(/invalid-request|malformed-json/);
        }
        expect(await count()).toBe(Math.min(stored, 200));
      }),
      { numRuns: 60 },
    );
    expect(decided).toBeGreaterThan(0);
  }, 60_000);

  it('after a decision is refused or recorded, never half', async () => {
    const { id } = await on.decide();
    const events = fc.dictionary(
      fc.constantFrom('type', 'validUntil', 'receivedOn', 'reason', 'legalInstrument', 'supersededBy'),
      fc.oneof(near, fc.constantFrom('withdrawn', 'appealed', 'confirmed', 'overturned', 'superseded', 'Some reason')),
    );
    await fc.assert(
      fc.asyncProperty(events, async (body) => {
        const { status } = await on.post(`/v1/equivalences/${id}/events`, body);
        expect([201, 400, 409]).toContain(status);
        const { body: shown } = await on.service.call<Shown>('GET', `/v1/equivalences/${id}`, {
          key: on.university.key,
        });
        const ended = shown.events.filter(({ type }) => type === 'withdrawn' || type === 'overturned').length;
        expect(shown.edition).toBe(1 + ended);
        expect(shown.state === 'decided').toBe(ended === 0);
        expect(ended === 0 || shown.validUntil !== undefined).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('as decisions of an evaluation never ends in an error of the service', async () => {
    const pathway = await on.pathway(
      node('requireAll', 'course', { items: [{ achievement: on.course }] }),
      node('equivalence', 'panel', { decidedBy: [on.university.did] }),
    );
    const credentials = [await on.award()];
    const { credential } = await on.decide();
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(credential!.credentialSubject), 'more'), fc.oneof(near, fc.jsonValue()))
      .map(([member, value]) => ({
        ...credential!,
        credentialSubject: { ...credential!.credentialSubject, [member]: value as never },
      }));
    const given = fc.array(fc.oneof(changed, near, fc.string()), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(given, async (decisions) => {
        const { status, body } = await on.post<{ outcome?: string; pointer?: string }>('/v1/evaluations', {
          ...{ pathway, credentials, decisions },
        });
        expect([200, 400]).toContain(status);
        if (status === 400) expect(body.pointer).toMatch(/^\/decisions/);
        // Nothing that was changed helps: only what still says exactly the same.
        else if (body.outcome === 'met') expect(decisions.some((one) => isDeepStrictEqual(one, credential))).toBe(true);
        else expect(['unmet', 'pending']).toContain(body.outcome);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

it('is decided once, however many press the button at the same time', async () => {
  const { id } = await on.draft();
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => on.post(`/v1/equivalences/${id}/decision`, { revision: 1 })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  expect((await on.service.call('GET', `/equivalences/${id}.json?edition=2`)).status).toBe(404);
});
