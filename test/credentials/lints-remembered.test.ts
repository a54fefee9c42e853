import { describe, expect, it } from 'vitest';
import { isSurelyStrict, type JsonObject, Problem } from '#kernel';
import { lint, lintDraft, lintErrors, redeem, rehearse } from '../../src/credentials/lint.ts';
import { LINTS } from '../../src/credentials/lints/index.ts';
import type { LintContext, Sample } from '../../src/credentials/lints/rule.ts';
import { sampleContext, sampleDocument } from '../../src/credentials/lints/sample.ts';

/** Each rule by itself, with nothing remembered. */
const anew = (document: JsonObject, context: LintContext) => LINTS.flatMap((rule) => rule.check(document, context));

it('a member may have the name of a method of all objects, and is judged like any other', () => {
  for (const name of ['constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
    for (const value of ['x', ['x'], { a: 'x' }]) {
      const document = sampleDocument();
      document.credentialSubject[name] = value;
      expect(lintErrors(document, sampleContext()), name).toEqual([]);
    }
  }
});

describe('a definition that was looked at before', () => {
  it('hides no fault of it, of the contexts, or of anything around it', () => {
    const changes = LINTS.flatMap(({ examples }) => [...examples.fail.map(({ change }) => change), ...examples.pass]);
    const inside: ((document: Sample) => unknown)[] = [
      (d) => (d.credentialSubject.achievement.description = ''),
      (d) => (d.credentialSubject.achievement.criteria.narrative = 'A\u200bna'),
      (d) => (d.credentialSubject.achievement.alignment[0].targetUrl = 'relative'),
      (d) => (d.credentialSubject.achievement.tag = ['a', 'a']),
      (d) => (d.credentialSubject.achievement.proof = { type: 'x' }),
    ];
    let faulty = 0;
    for (const change of [...changes, ...inside]) {
      const clean = [sampleDocument(), sampleContext()] as const;
      expect(lintErrors(...clean)).toEqual([]);
      const [document, context] = [sampleDocument(), sampleContext()];
      change(document, context);
      const expected = anew(document, context);
      // A faulty one is seen twice as well: neither hides anything from the other.
      for (let time = 0; time < 3; time++) expect(lintErrors(document, context)).toEqual(expected);
      if (expected.length > 0) faulty++;
      expect(lintErrors(...clean)).toEqual([]);
    }
    expect(faulty).toBeGreaterThan(50);
  });
});

const thrown = (work: () => unknown) => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { kind: error.kind, errors: error.errors };
  }
};

it.each([
  ['certain to be read as it is written', 100, true],
  ['long', 7_000, false],
])('the draft of a document that is %s is signed as its text says', (_, length, certain) => {
  const [document, context] = [sampleDocument(), sampleContext()];
  document.evidence[0].narrative = 'a'.repeat(length);
  expect(isSurelyStrict(document)).toBe(certain);
  const { text, token } = lintDraft(document, context);
  expect(text).toBe(JSON.stringify(document));
  const signed = redeem(token, text, context.tenant, context.issuer);
  expect(JSON.stringify(signed)).toBe(text);
  expect(() => redeem(token, text, context.tenant, context.issuer)).toThrow(/has been used/);
});

it('a rehearsal and a draft throw what the rules throw for the text', () => {
  const changes = LINTS.flatMap(({ examples }) => [...examples.fail.map(({ change }) => change), ...examples.pass]);
  const beyond: ((document: Sample) => unknown)[] = [
    (d) => (d.evidence[0].narrative = 'a'.repeat(300 * 1024)),
    (d) => (d.evidence[0].name = '\ud800'),
    (d) => (d.evidence[0].hours = 2 ** 60),
    (d) => (d.evidence[0].name = undefined),
  ];
  let certain = 0;
  for (const change of [...changes, ...beyond, () => undefined]) {
    const [document, context] = [sampleDocument(), sampleContext()];
    change(document, context);
    if (isSurelyStrict(document)) certain++;
    const expected = thrown(() => lint(JSON.stringify(document), context));
    expect(thrown(() => rehearse(document, context))).toEqual(expected);
    expect(thrown(() => lintDraft(document, context))).toEqual(expected);
  }
  expect(certain).toBeGreaterThan(100);
});
