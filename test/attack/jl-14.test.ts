import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isObject, type Json, type JsonObject } from '#kernel';
import { lintErrors } from '../../src/credentials/lint.ts';
import { sampleContext, sampleDocument } from '../../src/credentials/lints/sample.ts';
import { places, replaced } from '../support/mutations.ts';
import { type Actor, actor, badge, statusEntry, type World, world } from '../verifier/world.ts';

// Bounded by what it does, not by how busy the machine is.
vi.setConfig({ testTimeout: 120_000 });

const BAD = [
  'credentials/1',
  '/credentials/1',
  '#1',
  '?1',
  '',
  ' ',
  '_:b0',
  '_:',
  'x',
  '//x.example/1',
  'https:1',
  'https://x.example/a b',
  '../1',
  'xsd:date\u00a0',
];

let on: World;
let school: Actor;
beforeAll(() => {
  school = actor('school');
  on = world([school]);
});

const idsOf = (document: Json) =>
  [...places(document)]
    .filter(({ key, value }) => key === 'id' && typeof value === 'string')
    .map(({ pointer }) => pointer);

describe('JL-14 ids that name nothing', () => {
  it('are refused at every id of a badge when it is issued', () => {
    const pointers = idsOf(sampleDocument());
    expect(pointers.length).toBeGreaterThan(5);
    for (const pointer of pointers) {
      for (const id of BAD) {
        const errors = lintErrors(replaced(sampleDocument(), pointer, id) as never, sampleContext());
        expect(
          errors.map((error) => error.pointer),
          `${pointer} ${id}`,
        ).toContain(pointer);
      }
    }
  });

  it('make a badge of others invalid or unknown, at every id', async () => {
    const good = badge(school, {
      ...statusEntry(3),
      evidence: [{ id: 'https://x.example/e', type: ['Evidence'], name: 'x' }],
    });
    let count = 0;
    for (const pointer of idsOf(good)) {
      for (const id of BAD) {
        const changed = replaced(good, pointer, id);
        // Signed with the bad id if a library can be brought to sign it; otherwise with a proof that is not of it.
        const signed = await on
          .sign(school, changed)
          .catch(async () => ({ ...changed, proof: (await on.sign(school, good)).proof! }));
        const report = await on.verifier.verify({ document: signed }).catch(() => undefined);
        expect(report?.verdict ?? 'refused', `${pointer} ${JSON.stringify(id)}`).not.toBe('valid');
        count++;
      }
    }
    expect(count).toBeGreaterThan(60);
  });

  it('missing where they are required make it not conforming', async () => {
    for (const path of [[], ['issuer'], ['credentialSubject', 'achievement']]) {
      const document = badge(school);
      const target = path.reduce<Json>((at, key) => (at as JsonObject)[key]!, document);
      if (isObject(target)) delete target.id;
      // Where a library does not sign it, the proof is that of another badge.
      const signed = await on.sign(school, document).catch(async () => ({
        ...document,
        proof: (await on.sign(school, badge(school))).proof!,
      }));
      const report = await on.verifier.verify({ document: signed });
      expect(report.verdict, path.join()).toBe('invalid');
    }
  });
});
