import { describe, expect, it } from 'vitest';
import type { Answer, Entitlement, WalkResult } from '#accreditation';
import type { Logged } from '../../../src/verifier/accreditation-answer.ts';
import { checkAccreditation } from '../../../src/verifier/checks/accreditation.ts';
import { checkIssuer } from '../../../src/verifier/checks/issuer.ts';

const ANCHOR = 'did:web:anchor.example';
const at = (answer: Answer, listedBy: string[] = []) => ({ answer, listedBy, matched: [], rejected: [] });
const walk = (more: { listedBy?: string[]; now?: string[]; unanswered?: object[]; answer?: Answer } = {}) =>
  ({
    atAward: at(more.answer ?? 'not_covered', more.listedBy),
    now: at('not_covered', more.now),
    registers: [],
    unanswered: more.unanswered ?? [],
    successions: [],
  }) as unknown as WalkResult;
const silent = [{ accreditor: ANCHOR, code: 'unreachable', detail: '' }];

describe('who the issuer is', () => {
  const ISSUER = 'did:web:school.example:units:1';
  it.each<[string, WalkResult, string]>([
    ['in a register', walk({ listedBy: [ANCHOR] }), 'pass in_register'],
    ['in a register, though another is silent', walk({ listedBy: [ANCHOR], unanswered: silent }), 'pass in_register'],
    ['in none', walk(), 'warning self_claimed'],
    ['in one only since the award', walk({ now: [ANCHOR] }), 'warning self_claimed'],
    ['in none that answered', walk({ unanswered: silent }), 'unknown register_unanswered'],
  ])('%s', (_, found, expected) => {
    const { check, result, code, evidence } = checkIssuer(ISSUER, found, [ANCHOR]);
    expect([check, `${result} ${code}`]).toEqual(['issuer', expected]);
    expect(evidence).toMatchObject({ issuer: ISSUER, domain: 'school.example', listedBy: found.atAward.listedBy });
    expect(evidence.unanswered).toEqual(code === 'register_unanswered' ? silent : undefined);
  });

  it('an anchor needs no register', () => {
    expect(checkIssuer(ANCHOR, walk(), [ANCHOR])).toMatchObject({ result: 'pass', code: 'trust_anchor' });
  });

  it.each([
    ['did:web:localhost%3A3000', 'localhost:3000'],
    ['https://school.example/issuers/1', 'school.example'],
    ['did:key:z6Mk', undefined],
    ['urn:uuid:1', undefined],
    ['nothing', undefined],
  ])('%s is vouched for by its host', (issuer, domain) => {
    const { evidence } = checkIssuer(issuer, walk(), []);
    expect(evidence.domain).toBe(domain);
    expect('domain' in evidence).toBe(domain !== undefined);
  });
});

describe('whether it was accredited', () => {
  const asked = { at: '2026-03-01T00:00:00Z', knownAt: '2026-06-01T00:00:00Z', now: new Date('2026-06-01T00:00:00Z') };
  const entitlement = (then: Answer, now: Answer): Entitlement =>
    ({
      accreditedAtAward: then,
      accreditedNow: now,
      parties: [{ role: 'Issue', need: 'decides', party: 'did:web:school.example', walk: walk({ answer: then }) }],
    }) as unknown as Entitlement;

  it.each<[Answer, Answer, Logged, string, Answer]>([
    ['yes', 'no', { outcome: 'not_asked' }, 'pass', 'yes'],
    ['yes', 'yes', { outcome: 'recorded', recordedAt: asked.at }, 'pass', 'yes'],
    ['no', 'yes', { outcome: 'not_asked' }, 'fail', 'no'],
    ['unknown', 'yes', { outcome: 'not_asked' }, 'unknown', 'unknown'],
    ['not_covered', 'yes', { outcome: 'not_asked' }, 'unknown', 'not_covered'],
    ['yes', 'yes', { outcome: 'missing' }, 'unknown', 'unknown'],
    ['yes', 'yes', { outcome: 'unanswered' }, 'unknown', 'unknown'],
    ['no', 'yes', { outcome: 'missing' }, 'fail', 'no'],
  ])('%s then, %s now, with its log %o', (then, now, logged, result, held) => {
    const found = checkAccreditation(entitlement(then, now), logged, asked);
    expect(found).toMatchObject({ check: 'accreditation', result, atAward: held, now });
    expect(found.evidence).toMatchObject({ awardedAt: asked.at, knownAt: asked.knownAt });
    expect('message' in found.evidence || 'code' in found.evidence).toBe(false);
  });
});
