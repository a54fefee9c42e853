import type { JsonObject } from '#kernel';
import { badgeOf, CONTENTS } from './contents.ts';
import { BROKEN, someMutations } from './edits.ts';
import { holderOf, ISSUERS } from './issuers.ts';
import type { Answer } from './judges.ts';

export interface Case {
  name: string;
  document: JsonObject;
  /** What all three must say, unless a listed disagreement says otherwise. */
  expected: Answer;
}

const MUTATIONS = 80;

/** Every content, signed by every issuer: each verifier meets what it did not make. */
export async function goodCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [at, [issuer, issue]] of Object.entries(ISSUERS).entries()) {
    const { did, signer } = holderOf(at + 1);
    for (const [what, content] of Object.entries(CONTENTS)) {
      const document = await issue(badgeOf(did, content), signer);
      cases.push({ name: `${issuer}: ${what}`, document, expected: 'good' });
    }
  }
  return cases;
}

/** One rich badge, broken by hand and by machine. */
export async function badCases(): Promise<Case[]> {
  const { did, signer } = holderOf(9);
  const content = CONTENTS['a letter grade']!;
  const evidence = [{ id: 'https://evidence.example.ph/1', type: ['Evidence'], name: 'Photographs' }];
  const sign = (credential: JsonObject) =>
    ISSUERS.tatak(badgeOf(did, { ...content, credential: { evidence, ...credential } }), signer);
  const badge = await sign({ validUntil: '2099-12-31T23:59:59Z' });
  const edited = Object.entries(BROKEN).map(([what, edit]) => ({ name: `broken: ${what}`, document: edit(badge) }));
  const mutated = someMutations(badge, MUTATIONS).map(({ label, pointer, document }) => ({
    name: `mutation: ${label} at ${pointer}`,
    document,
  }));
  const dated = [
    { name: 'date: expired', document: await sign({ validUntil: '2026-11-03T00:00:00Z' }) },
    { name: 'date: not yet valid', document: await sign({ validFrom: '2099-01-01T00:00:00Z' }) },
    { name: 'date: ends before it begins', document: await sign({ validUntil: '2026-11-01T00:00:00Z' }) },
  ];
  return [...edited, ...mutated, ...dated].map((one) => ({ ...one, expected: 'bad' as const }));
}
