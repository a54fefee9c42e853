import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type JsonObject, LIMITS } from '#kernel';
import { SAMPLES } from '../../src/credentials/vcdm/sample.ts';
import { rawSign } from '../verifier/raw-sign.ts';
import { type Actor, actor, badge, statusEntry, statusList, type World, world } from '../verifier/world.ts';

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

describe('SS-6 one presentation, many addresses of others', () => {
  const STATUS = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '3' };
  /** Twenty credentials with these status lists each. */
  const twenty = (by: (index: number) => Actor, lists: (index: number) => string[]) =>
    Promise.all(
      Array.from({ length: LIMITS.presentationCredentials }, (_, index) =>
        rawSign(by(index), {
          ...SAMPLES.credential(),
          id: `urn:uuid:6f0e8a1c-6b8b-4c55-9f10-2f7f6b1d5b${String(index).padStart(2, '0')}`,
          issuer: { id: by(index).did, name: 'Specimen Society' },
          credentialStatus: lists(index).map((list) => ({ ...STATUS, statusListCredential: list })),
        }),
      ),
    );
  const show = async (world_: World, credentials: JsonObject[]) => {
    world_.asked.length = 0;
    const presentation = { ...SAMPLES.presentation(), verifiableCredential: credentials };
    return world_.verifier.verifyPresentation({ presentation });
  };

  it('hostile: four requests, whatever the hundred addresses answer', async () => {
    for (const answer of [undefined, { status: 404, body: 'no' }, { body: '<html>' }, { body: '[]' }]) {
      const credentials = await twenty(
        () => school,
        (index) => Array.from({ length: 4 }, (_, at) => url(index * 4 + at)),
      );
      for (let index = 0; index < 100; index++) {
        if (answer) on.pages.set(url(index), answer);
      }
      const found = await show(on, credentials);
      expect(on.asked.filter((asked) => asked.includes('victim-')).length).toBeLessThanOrEqual(
        LIMITS.verifyFailedFetches,
      );
      expect(found.credentials.map(({ verdict }) => verdict)).toEqual(credentials.map(() => 'undetermined'));
    }
  });

  it('honest: twenty badges of several issuers, each with its list', async () => {
    const issuers = ['a', 'b', 'c', 'd', 'e'].map((name) => actor(name));
    const fine = world(issuers);
    const own = (one: Actor) => `https://${one.did.split(':')[2]}/status/1`;
    for (const one of issuers) fine.publish(own(one), await fine.sign(one, { ...statusList(one, [7]), id: own(one) }));
    const credentials = await twenty(
      (index) => issuers[index % issuers.length]!,
      (index) => [own(issuers[index % issuers.length]!)],
    );
    const found = await show(fine, credentials);
    expect(found.credentials.map(({ verdict }) => verdict)).toEqual(credentials.map(() => 'valid'));
  });
});
