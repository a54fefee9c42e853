import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badCases, type Case, goodCases } from './golden/cases.ts';
import { apartOn, DISAGREEMENTS } from './golden/disagreements.ts';
import { type Answer, answerOf, byDigitalBazaar, byTatak, byVerifierCore } from './golden/judges.ts';
import { statusCases } from './golden/status-cases.ts';
import { suiteCases } from './golden/suite-cases.ts';

const VERIFIERS = ['tatak', 'digitalbazaar', 'verifierCore'] as const;

interface Judged extends Case {
  answers: Record<(typeof VERIFIERS)[number], Answer>;
}

describe('documents of three issuers before three verifiers', () => {
  let server: Server;
  let judged: Judged[];

  beforeAll(async () => {
    const kept = await statusCases();
    server = kept.server;
    const cases: Case[] = [...(await goodCases()), ...(await badCases()), ...(await suiteCases()), ...kept.cases];
    const core = await byVerifierCore(cases.map(({ document }) => document));
    judged = [];
    for (const [at, one] of cases.entries()) {
      const tatak = answerOf(await byTatak(one.document, kept.lists));
      const digitalbazaar = await byDigitalBazaar(one.document, kept.lists);
      judged.push({ ...one, answers: { tatak, digitalbazaar, verifierCore: core[at]! } });
    }
  }, 180_000);

  afterAll(() => void server.close());

  it('are at least 200, good and bad', () => {
    const good = judged.filter(({ expected }) => expected === 'good').length;
    const apart = judged.filter(({ name }) => apartOn(name)).length;
    console.log(`${judged.length} documents, ${good} of them good; ${apart} on which the three do not answer alike`);
    expect(judged.length).toBeGreaterThanOrEqual(200);
    expect(good).toBeGreaterThan(80);
    expect(judged.length - good).toBeGreaterThan(80);
    expect(new Set(judged.map(({ name }) => name)).size).toBe(judged.length);
  });

  it('get the same answer from all three, or the answers that are listed with their reason', () => {
    const other = judged.flatMap(({ name, expected, answers }) => {
      const listed = apartOn(name) ?? { tatak: expected, digitalbazaar: expected, verifierCore: expected };
      return VERIFIERS.filter((who) => answers[who] !== listed[who]).map(
        (who) => `${name}: ${who} says ${answers[who]}, expected ${listed[who]}`,
      );
    });
    expect(other).toEqual([]);
  });

  it('are never called good here when they are not', () => {
    const passed = judged.filter(({ expected, answers }) => expected !== 'good' && answers.tatak === 'good');
    expect(passed.map(({ name }) => name)).toEqual([]);
  });

  it('leave no listed disagreement without a document and a reason', () => {
    for (const { documents, because } of DISAGREEMENTS) {
      expect(
        judged.some(({ name }) => documents.test(name)),
        documents.source,
      ).toBe(true);
      expect(because.length).toBeGreaterThan(20);
    }
  });
});
