import { beforeAll, describe, expect, it, vi } from 'vitest';
import { phDocumentErrors } from '#framework';
import type { Json, JsonObject } from '#kernel';
import { type Actor, actor, badge, type World, world } from '../verifier/world.ts';

// Bounded by what it does, not by how busy the machine is.
vi.setConfig({ testTimeout: 120_000 });

let on: World;
let school: Actor;
beforeAll(() => {
  school = actor('school');
  on = world([school], { phErrors: phDocumentErrors });
});

/** Where a number stands in a badge: the path, and whether it must be whole. */
const FIELDS: { path: string[]; whole?: true }[] = [
  { path: ['credentialSubject', 'creditsEarned'] },
  { path: ['credentialSubject', 'achievement', 'creditsAvailable'] },
  { path: ['credentialSubject', 'achievement', 'pqfLevel'], whole: true },
];

/** How JSON writes it, and what a verifier makes of it when the issuer itself signed it so. */
const VALUES: [text: string, whole: 'read' | 'schema' | 'refused', decimal: 'read' | 'schema' | 'refused'][] = [
  ['5', 'read', 'read'],
  ['5.0', 'read', 'read'],
  ['5e0', 'read', 'read'],
  ['"5"', 'schema', 'schema'],
  ['"5.5"', 'schema', 'schema'],
  ['5.5', 'schema', 'read'],
  ['1e21', 'refused', 'refused'],
  ['05', 'refused', 'refused'],
  ['-0', 'refused', 'refused'],
  ['-0.0', 'refused', 'refused'],
  ['-5', 'schema', 'schema'],
  ['9007199254740993', 'refused', 'refused'],
  ['1e400', 'refused', 'refused'],
  ['0x5', 'refused', 'refused'],
  ['+5', 'refused', 'refused'],
  ['5.', 'refused', 'refused'],
  ['.5', 'refused', 'refused'],
  ['NaN', 'refused', 'refused'],
  ['true', 'schema', 'schema'],
  ['[5]', 'schema', 'schema'],
  ['["5"]', 'schema', 'schema'],
  ['null', 'schema', 'schema'],
  ['{"@value":5}', 'refused', 'refused'],
];

const base = () => badge(school, {}, { regime: 'TESDA' });
const MARK = 777_777;
const at = (document: JsonObject, path: readonly string[], value: Json): JsonObject => {
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce<Json>((place, key) => (place as JsonObject)[key]!, copy) as JsonObject;
  parent[path.at(-1)!] = value;
  return copy;
};

async function judged(text: string): Promise<'read' | 'schema' | 'refused' | 'not signed'> {
  try {
    const report = await on.verifier.verify({ text });
    const of = (name: string) => report.checks.find((one) => one.check === name)!;
    if (of('document').code === 'bad_context') return 'refused';
    if (of('proof').result !== 'pass') return 'not signed';
    return of('document').result === 'fail' ? 'schema' : 'read';
  } catch {
    return 'refused';
  }
}

describe.each(FIELDS)('JL-10 the number at $path', ({ path, whole }) => {
  it.each(VALUES)('%s signed by a careless issuer', async (text, ofWhole, ofDecimal) => {
    const parsed = (() => {
      try {
        return JSON.parse(text) as Json;
      } catch {
        return 5;
      }
    })();
    const level = path.at(-1) === 'pqfLevel' ? [5, -5] : [];
    const value = typeof parsed === 'number' && !Number.isFinite(parsed) ? 5 : parsed;
    // What cannot be signed at all is written in afterwards: it must not be read either way.
    const signed = await on.sign(school, at(base(), path, value)).catch(() => at(base(), path, value));
    const written = JSON.stringify(at(signed, path, MARK)).replace(String(MARK), text);
    const wanted = whole ? ofWhole : ofDecimal;
    const got = await judged(written);
    const allowed =
      wanted === 'read' && level.length === 0
        ? ['read']
        : wanted === 'read'
          ? ['read']
          : [wanted, 'refused', 'not signed'];
    expect(allowed, `${text} became ${got}`).toContain(got);
  });

  it('another spelling put in after the signature is never read as the number', async () => {
    const value = whole ? 5 : 2.5;
    const signed = await on.sign(school, at(base(), path, value));
    for (const other of whole
      ? ['"5"', '["5"]', '[5]', '5.5', '"5.0"']
      : ['"2.5"', '"2.5E0"', '[2.5]', '2.5000000001', '3']) {
      const got = await judged(JSON.stringify(at(signed, path, MARK)).replace(String(MARK), other));
      expect(['schema', 'refused', 'not signed'], `${other} became ${got}`).toContain(got);
    }
    expect(await judged(JSON.stringify(signed))).toBe('read');
  });
});
