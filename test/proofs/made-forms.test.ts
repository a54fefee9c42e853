import { expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createMadeForms } from '../../src/proofs/canonical/made-forms.ts';
import type { PlanInUse } from '../../src/proofs/canonical/plans.ts';

const inUse = {} as PlanInUse;
const configuration = (change: JsonObject = {}): JsonObject => ({
  ...{
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: 'DataIntegrityProof',
    created: '2026-01-01T00:00:00Z',
  },
  ...change,
});

it('finds a form by the whole of its document, the one before as well', () => {
  const made = createMadeForms();
  const other = configuration({ created: '2026-01-01T00:00:01Z' });
  made.keep(configuration(), { inUse, nquads: 'one' });
  made.keep(other, { inUse, nquads: 'other' });
  for (const _ of [1, 2]) {
    expect(made.get(configuration())?.nquads).toBe('one');
    expect(made.get(configuration())?.nquads).toBe('one');
    expect(made.get(structuredClone(other))?.nquads).toBe('other');
  }
  const changes: JsonObject[] = [
    { type: 'Other' },
    { more: 'x' },
    { '@context': ['https://www.w3.org/ns/credentials/v2', 'https://x.example'] },
  ];
  for (const change of changes) expect(made.get(configuration(change))).toBeUndefined();
  const { created: _, ...less } = configuration();
  expect(made.get(less)).toBeUndefined();
});

it('gives the form that was kept last, of a document that had another', () => {
  const made = createMadeForms();
  made.keep(configuration(), { inUse, nquads: 'by a plan that is gone' });
  expect(made.get(configuration())?.nquads).toBe('by a plan that is gone');
  made.keep(configuration(), { inUse, nquads: 'by its successor' });
  expect(made.get(configuration())?.nquads).toBe('by its successor');
});

it('keeps no hold of the document: whoever changes it later gets no form of what it was', () => {
  const made = createMadeForms();
  const document = configuration();
  made.keep(document, { inUse, nquads: 'before' });
  expect(made.get(document)?.nquads).toBe('before');
  (document['@context'] as string[]).push('https://x.example');
  expect(made.get(document)).toBeUndefined();
  expect(made.get(configuration())?.nquads).toBe('before');
});

it('keeps nothing of what is not texts and lists of texts, or long', () => {
  const made = createMadeForms();
  for (const change of [{ n: 1 }, { o: {} }, { l: [['x']] }, { long: 'x'.repeat(3_000) }] as JsonObject[]) {
    made.keep(configuration(change), { inUse, nquads: 'x' });
    expect(made.get(configuration(change))).toBeUndefined();
  }
});

it('keeps so many, the oldest out first', () => {
  const made = createMadeForms();
  for (let n = 0; n < 129; n++) made.keep(configuration({ n: String(n) }), { inUse, nquads: String(n) });
  expect(made.get(configuration({ n: '0' }))).toBeUndefined();
  for (const n of ['1', '128']) expect(made.get(configuration({ n }))?.nquads).toBe(n);
});
