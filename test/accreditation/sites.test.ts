import { describe, expect, it } from 'vitest';
import { type AwardInQuestion, askEntitlement } from '#accreditation';

const CENTRE = 'did:web:badges.example:institutions:specimen-centre';
const SCHOOL = 'did:web:badges.example:institutions:specimen-school';
const CAMPUS = 'urn:uuid:3f0b5f0e-3d5c-4a4f-9c39-2b1e4b1c7a10';

describe('places of an award with several parties', () => {
  it('asks each about its own place, and about places that belong to no party', async () => {
    const award: AwardInQuestion = {
      parties: { issuer: 'did:web:badges.example:a', source: CENTRE, trainingProvider: SCHOOL },
      regime: 'TESDA',
      at: '2026-03-13T16:00:00Z',
      knownAt: '2026-04-01T00:00:00Z',
      facts: { awardType: 'CertificateOfCompetency', site: [CENTRE, SCHOOL, CAMPUS] },
    };
    const asked = new Map<string, readonly string[] | undefined>();
    const nothing = { answer: 'yes' as const, at: award.at, matched: [], rejected: [], listedBy: [] };
    await askEntitlement(award, async (_, role, { facts }) => {
      asked.set(role, facts.site);
      return { atAward: nothing, now: nothing, registers: [], unanswered: [], successions: [] };
    });
    expect(asked.get('Assess')).toEqual([CENTRE, CAMPUS]);
    expect(asked.get('Train')).toEqual([SCHOOL, CAMPUS]);
    expect(asked.get('Award')).toEqual([CENTRE, SCHOOL, CAMPUS]);
  });
});
