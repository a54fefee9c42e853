import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assertIssuable, issuableErrors } from '#credentials';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, contextRules, createContextLoader } from '#proofs';
import { LINTS } from '../../src/credentials/lints/index.ts';
import { sampleContext, sampleDocument } from '../../src/credentials/lints/sample.ts';
import { CONFORMITY } from '../../src/credentials/vcdm/index.ts';
import { SAMPLES } from '../../src/credentials/vcdm/sample.ts';

const loader = createContextLoader({
  phContext: readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: 'https://badges.example/contexts/ph/v1-draft',
});
const issuing = { contexts: contextRules(loader), now: new Date('2026-03-01T00:00:00Z') };
const pointers = (document: JsonObject, profile: 'openbadge' | 'vc') =>
  issuableErrors(document, profile, issuing).map(({ pointer }) => pointer);

describe('what another system has drawn up', () => {
  it('is signed when nothing is wrong with it', () => {
    assertIssuable(SAMPLES.credential(), 'vc', issuing);
    assertIssuable(SAMPLES['credential-1.1'](), 'vc', issuing);
    assertIssuable(sampleDocument(), 'openbadge', issuing);
    // A badge is a credential too.
    assertIssuable(sampleDocument(), 'vc', issuing);
  });

  it('a plain credential is no badge', () => {
    expect(() => assertIssuable(SAMPLES.credential(), 'openbadge', issuing)).toThrow(
      expect.objectContaining({ kind: 'lint-failed' }),
    );
  });

  const rules = CONFORMITY.filter(({ id }) => id !== 'presentation');
  it.each(rules.map((rule) => [rule.clause, rule.id, rule] as const))('VCDM %s %s is kept', (_clause, _id, rule) => {
    for (const { on, change, pointer } of rule.examples.fail) {
      if (on.endsWith('presentation')) continue;
      const document = SAMPLES[on]();
      change(document);
      expect(pointers(JSON.parse(JSON.stringify(document)), 'vc')).toContain(pointer);
    }
  });

  // Rules that need a definition, a tenant or a deployment of ours are not asked of others.
  const OURS = [
    'contexts',
    'types',
    'required-members',
    'own-names',
    'pinned-definition',
    'award-id',
    'credential-status',
  ];
  const NOT_ASKED = [...OURS, 'specimen', 'data-integrity-terms', 'evidence-terms', 'prior-learning'];
  const asked = LINTS.filter(({ id }) => !NOT_ASKED.includes(id));
  it.each(asked.map((rule) => [rule.id, rule] as const))('%s is kept for badges', (_id, rule) => {
    for (const { change, pointer } of rule.examples.fail) {
      const document = sampleDocument();
      change(document, sampleContext());
      expect(pointers(document, 'openbadge')).toContain(pointer);
    }
  });

  it('contexts are safe in each profile', () => {
    const terms = { specimenGrade: 'https://specimen.example/terms/specimenGrade' };
    const own = { ...SAMPLES.credential(), type: ['VerifiableCredential'], '@context': [CREDENTIALS_V2, terms] };
    expect(pointers(own, 'vc')).toEqual([]);
    expect(pointers({ ...own, '@context': [CREDENTIALS_V2, { '@vocab': 'https://x.example/' }] }, 'vc')).toEqual([
      '/@context/1',
    ]);
    expect(pointers({ ...own, '@context': [CREDENTIALS_V2, 'https://x.example/c'] }, 'vc')).toEqual(['/@context/1']);
    const badge = sampleDocument();
    badge['@context'].push(terms);
    expect(pointers(badge, 'openbadge')).toEqual(['/@context/3']);
    expect(pointers(badge, 'vc')).toEqual([]);
  });

  it('VCDM 4.9 the far future can be issued, as a badge a year ahead at most', () => {
    const future = '9999-01-01T00:00:00Z';
    expect(pointers({ ...SAMPLES.credential(), validFrom: future }, 'vc')).toEqual([]);
    expect(pointers({ ...sampleDocument(), validFrom: future }, 'openbadge')).toEqual(['/validFrom']);
  });

  it('data is not looked into, and a proof is left to whoever adds one', () => {
    const schema = {
      id: 'https://specimen.example/schema',
      type: 'JsonSchema',
      jsonSchema: { properties: {}, required: [], default: null },
    };
    expect(pointers({ ...SAMPLES.credential(), credentialSubject: schema }, 'vc')).toEqual([]);
    expect(pointers({ ...SAMPLES.credential(), proof: { type: 'DataIntegrityProof' } }, 'vc')).toEqual([]);
  });
});
