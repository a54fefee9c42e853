import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint, lintErrors } from '../../src/credentials/lint.ts';
import { LINTS } from '../../src/credentials/lints/index.ts';
import type { LintRule } from '../../src/credentials/lints/rule.ts';
import { sampleContext, sampleDocument } from '../../src/credentials/lints/sample.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'src', 'credentials', 'lints');
const NOT_RULES = new Set(['every-node.ts', 'index.ts', 'rule.ts', 'sample.ts', 'walk.ts']);

describe('lints (IS-8)', () => {
  it('are exactly the rules of the folder', async () => {
    const rules: LintRule[] = [];
    for (const file of readdirSync(FOLDER).filter((name) => !NOT_RULES.has(name))) {
      const exported = Object.values(await import(join(FOLDER, file)));
      const found = exported.filter((value): value is LintRule => typeof value === 'object' && 'check' in value!);
      expect(found.length, file).toBe(1);
      rules.push(found[0]!);
    }
    expect(new Set(rules)).toEqual(new Set(LINTS));
    expect(new Set(LINTS.map((rule) => rule.id)).size).toBe(LINTS.length);
  });

  it('let the sample through', () => {
    expect(lintErrors(sampleDocument(), sampleContext())).toEqual([]);
    lint(JSON.stringify(sampleDocument()), sampleContext());
  });

  describe.each(LINTS.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    it('cites a source and a day, and has both kinds of example', () => {
      expect(rule.source.length).toBeGreaterThan(20);
      expect(rule.effective).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(rule.examples.pass.length).toBeGreaterThan(0);
      expect(rule.examples.fail.length).toBeGreaterThan(0);
    });

    it('passes what it should', () => {
      for (const change of rule.examples.pass) {
        const [document, context] = [sampleDocument(), sampleContext()];
        change(document, context);
        expect(rule.check(document, context)).toEqual([]);
      }
    });

    it('stops what it should, and names the place', () => {
      for (const { change, pointer } of rule.examples.fail) {
        const [document, context] = [sampleDocument(), sampleContext()];
        change(document, context);
        const errors = rule.check(document, context);
        expect(errors.map((error) => error.pointer)).toContain(pointer);
        expect(new Set(errors.map((error) => error.code))).toEqual(new Set([rule.id]));
      }
    });
  });

  it('hold from their day on', () => {
    const rule: LintRule = {
      ...LINTS[0]!,
      effective: '2026-03-02',
      check: () => [{ pointer: '', detail: 'always', code: 'x' }],
    };
    const context = sampleContext();
    expect(lintErrors(sampleDocument(), context, [rule])).toHaveLength(0);
    context.now = new Date('2026-03-02T00:00:00Z');
    expect(lintErrors(sampleDocument(), context, [rule])).toHaveLength(1);
  });
});
