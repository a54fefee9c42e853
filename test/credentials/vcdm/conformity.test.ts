import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { CONFORMITY, conformityErrors, envelope } from '../../../src/credentials/vcdm/index.ts';
import type { ConformityRule, DocumentKind, Example } from '../../../src/credentials/vcdm/rule.ts';
import { SAMPLES } from '../../../src/credentials/vcdm/sample.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'src', 'credentials', 'vcdm', 'rules');
const RULES = [...CONFORMITY, envelope];

const kindOf = (on: Example['on']): DocumentKind => (on.endsWith('presentation') ? 'presentation' : 'credential');

function made({ on, change }: Example): [JsonObject, DocumentKind] {
  const document = SAMPLES[on]();
  change(document);
  return [JSON.parse(JSON.stringify(document)), kindOf(on)];
}

describe('conformity to the data model', () => {
  it('has exactly the rules of the folder, each with a name of its own', async () => {
    const found: ConformityRule[] = [];
    for (const file of readdirSync(FOLDER)) {
      const exported = Object.values(await import(join(FOLDER, file)));
      const rules = exported.filter((value): value is ConformityRule => typeof value === 'object' && 'check' in value!);
      expect(rules.length, file).toBe(1);
      found.push(rules[0]!);
    }
    expect(new Set(found)).toEqual(new Set(RULES));
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  });

  it('lets the samples through', () => {
    for (const [on, make] of Object.entries(SAMPLES)) {
      expect(conformityErrors(make(), kindOf(on as Example['on'])), on).toEqual([]);
    }
  });

  it('no example is written twice', () => {
    const titles = RULES.flatMap(({ examples }) => [...examples.pass, ...examples.fail]).map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  describe.each(RULES.map((rule) => [rule.clause, rule.id, rule] as const))('VCDM %s %s', (clause, id, rule) => {
    it('names a clause, and has both kinds of example', () => {
      expect(clause).toMatch(/^\d+\.\d+$/);
      expect(rule.examples.pass.length).toBeGreaterThan(0);
      expect(rule.examples.fail.length).toBeGreaterThan(0);
    });

    it.each(rule.examples.pass.map((example) => [example.title, example] as const))(
      `accepts: %s`,
      (_title, example) => {
        expect(conformityErrors(...made(example))).toEqual([]);
      },
    );

    it.each(rule.examples.fail.map((example) => [example.title, example] as const))(
      `refuses: %s`,
      (_title, example) => {
        const errors = conformityErrors(...made(example));
        expect(errors.map(({ pointer }) => pointer)).toContain(example.pointer);
        // A credential in a presentation is told by the rule it breaks.
        if (!example.pointer.startsWith('/verifiableCredential/0'))
          expect(errors.map(({ code }) => code)).toContain(id);
        for (const { detail } of errors) expect(detail).not.toMatch(/specimen|example/i);
      },
    );
  });
});

describe('whatever the document', () => {
  it('it never throws, and says the same again', () => {
    fc.assert(
      fc.property(fc.object({ withNullPrototype: false }), fc.boolean(), (value, vp) => {
        const document = JSON.parse(JSON.stringify(value)) as JsonObject;
        const kind = vp ? 'presentation' : 'credential';
        const errors = conformityErrors(document, kind);
        expect(errors.length).toBeGreaterThan(0);
        expect(conformityErrors(document, kind)).toEqual(errors);
      }),
    );
  });

  it('one member replaced by anything of another kind is refused or of no matter', () => {
    const members = Object.keys(SAMPLES.credential()).filter((name) => !['name', 'validFrom', 'id'].includes(name));
    for (const name of members) {
      for (const value of [null, 5, true, [], {}, [null], '']) {
        const document = { ...SAMPLES.credential(), [name]: value };
        expect(conformityErrors(document, 'credential'), `${name} ${JSON.stringify(value)}`).not.toEqual([]);
      }
    }
  });
});
