import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GrantInput } from '#accreditation';
import { type AccreditedService, openAccredited, type Party } from './support/accredited-service.ts';

const [EVENT, LIFTED] = ['2026-11-10', '2026-11-18'];
/** One second before, in, and after; the last is the moment of issuing. */
const DAYS = ['2025-12-31T15:59:59Z', '2026-11-09T15:59:59Z', '2026-11-09T16:00:00Z', undefined];
type Answer = 'issued' | string;

interface Status {
  grant?: Partial<GrantInput>;
  events?: object[];
  /** The flaw is the authority's, one link further up. */
  parent?: object[];
  /** Written by hand: the answer for each of DAYS when the scope matches. */
  answers: [Answer, Answer, Answer, Answer];
}

const event = (type: string, effectiveAt = EVENT) => ({ type, effectiveAt, reason: 'for the test' });
const STATUSES: Record<string, Status> = {
  unlisted: { answers: ['not_covered', 'not_covered', 'not_covered', 'not_covered'] },
  active: { grant: {}, answers: ['not_yet', 'issued', 'issued', 'issued'] },
  provisional: { grant: { provisional: true }, answers: ['not_yet', 'issued', 'issued', 'issued'] },
  suspended: { events: [event('suspended')], answers: ['not_yet', 'issued', 'suspended', 'suspended'] },
  reinstated: {
    events: [event('suspended'), event('reinstated', LIFTED)],
    answers: ['not_yet', 'issued', 'suspended', 'issued'],
  },
  ended: { grant: { validUntil: EVENT }, answers: ['not_yet', 'issued', 'expired', 'expired'] },
  expired: { events: [event('expired')], answers: ['not_yet', 'issued', 'expired', 'expired'] },
  withdrawn: { events: [event('withdrawn')], answers: ['not_yet', 'issued', 'withdrawn', 'withdrawn'] },
  annulled: { events: [event('annulled')], answers: ['not_yet', 'issued', 'annulled', 'annulled'] },
  void: {
    events: [{ type: 'annulled', reason: 'for the test' }],
    answers: ['not_yet', 'annulled', 'annulled', 'annulled'],
  },
  later: { grant: { validFrom: '2026-12-01' }, answers: ['not_yet', 'not_yet', 'not_yet', 'not_yet'] },
  listed: { grant: { verb: 'list' }, answers: ['verb', 'verb', 'verb', 'verb'] },
  approved: { grant: { verb: 'approve' }, answers: ['verb', 'verb', 'verb', 'verb'] },
  endorsed: { grant: { verb: 'endorse' }, answers: ['verb', 'verb', 'verb', 'verb'] },
  trains: { grant: { role: 'Train' }, answers: ['role', 'role', 'role', 'role'] },
  'parent-suspended': {
    parent: [event('suspended')],
    answers: ['not_yet', 'issued', 'parent_suspended', 'parent_suspended'],
  },
  'parent-withdrawn': {
    parent: [event('withdrawn')],
    answers: ['not_yet', 'issued', 'parent_withdrawn', 'parent_withdrawn'],
  },
};
/** What the award states, and the reason when that does not match. */
const AWARDS: [name: string, terms: object, mismatch: string | undefined][] = [
  ['matching', {}, undefined],
  ['another kind', { awardType: 'HeiCourse' }, 'scope_award_type'],
  ['a higher level', { pqfLevel: 7 }, 'scope_pqf_level'],
  ['no level', { pqfLevel: undefined }, 'scope_pqf_level'],
];

let on: AccreditedService;
const parties = new Map<string, { party: Party; achievements: string[] }>();

beforeAll(async () => {
  on = await openAccredited();
  for (const [name, status] of Object.entries(STATUSES)) {
    const party = await on.party(`specimen-${name}`);
    const authority = await on.party(`authority-${name}`);
    const delegation = await on.grant(on.council, authority, { role: 'Accredit' });
    if (status.answers[0] !== 'not_covered') {
      const grant = await on.grant(authority, party, status.grant);
      for (const body of status.events ?? []) await on.event(authority, grant, body);
    }
    for (const body of status.parent ?? []) await on.event(on.council, delegation, body);
    const achievements: string[] = [];
    for (const [, terms] of AWARDS) achievements.push(await on.achievement(party, terms));
    parties.set(name, { party, achievements });
  }
}, 120_000);
afterAll(() => on.service.close());

const inForce = (answer: Answer) => answer === 'issued' || answer.startsWith('parent_');

describe('IS-10: status x scope x date through the issue endpoint', () => {
  let [cells, issued, falseAllows, refusals] = [0, 0, 0, 0];

  it.each(Object.entries(STATUSES))('%s', async (name, { answers }) => {
    const { party, achievements } = parties.get(name)!;
    for (const [index, [what, , mismatch]] of AWARDS.entries()) {
      for (const [at, awardedDate] of DAYS.entries()) {
        // The scope is looked at only of what is in force; a chain only of what is in scope.
        const wanted = mismatch !== undefined && inForce(answers[at]!) ? mismatch : answers[at]!;
        const { status, body } = await on.issue(party, achievements[index]!, awardedDate ? { awardedDate } : {});
        const answer = status === 201 ? 'issued' : body.errors[0]!.code;
        cells++;
        if (status === 201) issued++;
        else refusals++;
        if (status === 201 && wanted !== 'issued') falseAllows++;
        expect(answer, `${name}, ${what}, ${awardedDate ?? 'now'}`).toBe(wanted);
        if (status !== 201) {
          expect([status, body.type]).toEqual([403, 'urn:tatak:problem:not-accredited']);
          expect(body.errors[0]!.pointer).toBe('/recipients/0');
        }
      }
    }
  });

  it('has every refusal in the audit log, with its reason, and no false allow', async () => {
    const { reader } = on.service.app.storage;
    const entries = (await reader.auditEntries(undefined, { limit: 100_000 })).items;
    const refused = entries.filter(({ operation }) => operation === 'credential.refuse');
    expect(refused).toHaveLength(refusals);
    for (const [name, { answers }] of Object.entries(STATUSES)) {
      const { party, achievements } = parties.get(name)!;
      const own = refused.filter((entry) => entry.tenant === party.slug && entry.object === achievements[0]);
      expect(own.map(({ detail }) => detail?.reason)).toEqual(answers.filter((answer) => answer !== 'issued'));
      expect(own.every(({ actor }) => actor.startsWith('key:'))).toBe(true);
    }
    console.log(`issuing matrix: ${cells} cells, ${issued} issued, ${refusals} refused, ${falseAllows} false allows`);
    expect({ cells, falseAllows }).toEqual({ cells: 17 * 4 * 4, falseAllows: 0 });
    expect(entries.filter(({ operation }) => operation === 'credential.issue')).toHaveLength(issued);
  });
});
