import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type JsonObject, LIMITS } from '#kernel';
import { type Actor, actor, badge, statusEntry, type World, world } from '../verifier/world.ts';

// Bounded by what it does, not by how busy the machine is.
vi.setConfig({ testTimeout: 120_000 });

let on: World;
let school: Actor;
beforeAll(() => {
  school = actor('school');
  on = world([school]);
});

const hundred = <T>(make: (index: number) => T): T[] => Array.from({ length: 100 }, (_, index) => make(index));
const url = (index: number) => `https://victim-${index}.example/x`;
const endorsement = (index: number): JsonObject => ({
  id: url(index),
  type: ['VerifiableCredential', 'EndorsementCredential'],
  issuer: { id: `did:web:victim-${index}.example`, type: ['Profile'] },
  validFrom: '2026-06-15T01:00:00Z',
  credentialSubject: { id: url(index), type: ['EndorsementSubject'] },
});

/** Badges that an attacker signed himself, with a hundred addresses of others in one member. */
const MANY: Record<string, () => JsonObject> = {
  evidence: () =>
    badge(school, { evidence: hundred((index) => ({ id: url(index), type: ['Evidence'] })).slice(0, 50) }),
  schemas: () =>
    badge(school, {
      credentialSchema: hundred((index) => ({ id: url(index), type: '1EdTechJsonSchemaValidator2019' })),
    }),
  related: () => badge(school, {}, { related: hundred((index) => ({ id: url(index), type: ['Related'] })) }),
  alignments: () =>
    badge(
      school,
      {},
      { alignment: hundred((index) => ({ type: ['Alignment'], targetName: 'x', targetUrl: url(index) })).slice(0, 50) },
    ),
  endorsements: () => badge(school, { endorsement: hundred(endorsement) }),
  'endorsements of the achievement': () => badge(school, {}, { endorsement: hundred(endorsement) }),
  contributions: () => badge(school, {}, { contributesTo: hundred(url) }),
  'status entries': () =>
    badge(school, {
      credentialStatus: hundred((index) => ({
        ...(statusEntry(3).credentialStatus as JsonObject),
        id: `${url(index)}#3`,
        statusListCredential: url(index),
      })),
    }),
};

describe('SS-6 one badge, a hundred addresses of others', () => {
  it.each(Object.keys(MANY))('%s', async (name) => {
    const document = MANY[name]!();
    // Some of these are no Open Badges; the proof is tried all the same.
    const signed = await on.sign(school, document).catch(() => document);
    on.asked.length = 0;
    const report = await on.verifier.verify({ document: signed });
    const strangers = new Set(on.asked.filter((asked) => asked.includes('victim-')));
    expect(on.asked.length, on.asked.join(' ')).toBeLessThanOrEqual(LIMITS.verifyFetches);
    expect(strangers.size).toBeLessThanOrEqual(LIMITS.verifyFetches);
    expect(['valid', 'invalid', 'undetermined']).toContain(report.verdict);
  });

  it('nothing is fetched for a badge whose proof does not hold', async () => {
    for (const make of Object.values(MANY)) {
      const document = make();
      const signed = await on.sign(school, document).catch(() => document);
      on.asked.length = 0;
      const report = await on.verifier.verify({ document: { ...signed, name: 'another name' } });
      expect([report.verdict, on.asked]).not.toContain('valid');
      expect(on.asked).toEqual([]);
    }
  });
});
