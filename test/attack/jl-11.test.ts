import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Problem } from '#kernel';
import { ACTOR, type World as Issuing, openWorld, seed, TENANT } from '../credentials/support/world.ts';
import { actor, badge, world } from '../verifier/world.ts';

// Bounded by what it does, not by how busy the machine is.
vi.setConfig({ testTimeout: 120_000 });

const NAMES = [
  'José Peñaflorida',
  'Ma. Niña Ñ. Dela Cruz',
  'Señorita Muñoz-Ibañez',
  'ᜊᜌ᜔ᜊᜌᜒᜈ᜔',
  'ᜃᜎᜓᜂᜀᜄ᜔ ᜐᜒ ᜋᜇ᜔ᜎ',
  "O'Brien",
  '李小龍',
  'Žižek',
  'Nguyễn Văn Đức',
  'Çelik',
];
const HIDDEN: [string, string][] = [
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'].map(
    (one): [string, string] => ['direction', one],
  ),
  ...['\u200b', '\u2060', '\ufeff'].map((one): [string, string] => ['invisible', one]),
  ...['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u009f'].map((one): [string, string] => ['control', one]),
];

interface Case {
  text: string;
  /** Whether it may be signed here. */
  good: boolean;
}

/** 300 strings: names as people here write them, the same decomposed, and with something hidden in them. */
const CASES: Case[] = [
  ...NAMES.map((text) => ({ text: text.normalize('NFC'), good: true })),
  // Look-alikes are text like any other: which letters a name has is not for this service to say.
  ...['Јоsé', 'Αna', 'Раrañaque', 'ⅼevel', 'ﬁn'].map((text) => ({ text: text.normalize('NFC'), good: true })),
  ...Array.from({ length: 100 }, (_, at) => ({
    text: `Niña ${String.fromCodePoint(0x1700 + (at % 20))} ${String.fromCodePoint(0x1f600 + at)}`,
    good: true,
  })),
  ...NAMES.filter((text) => text.normalize('NFD') !== text.normalize('NFC')).map((text) => ({
    text: text.normalize('NFD'),
    good: false,
  })),
  ...NAMES.flatMap((name) =>
    HIDDEN.map(([, hidden]) => ({ text: `${name.slice(0, 2)}${hidden}${name.slice(2)}`, good: false })),
  ),
  ...['\ud800', 'x\udc00', '\udfff\ud800'].map((text) => ({ text, good: false })),
];

let issuing: Issuing;
let achievementId: string;
beforeAll(async () => {
  issuing = await openWorld();
  ({ achievementId } = await seed(issuing));
});
afterAll(() => issuing.close());

/** @returns the pointers of the refusal, or the signed text */
async function issue(name: string): Promise<{ text: string } | { pointers: string[] }> {
  try {
    const body = { achievementId, recipients: [{ name }], include: ['name'] };
    const [one] = await issuing.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    return { text: one!.text };
  } catch (error) {
    return { pointers: (error as Problem).errors.map(({ pointer }) => pointer) };
  }
}

describe('JL-11 text that is not what it looks like', () => {
  it('has 300 strings', () => expect(CASES.length).toBeGreaterThanOrEqual(300));

  it('issuing signs plain text unchanged and refuses the rest with its place', async () => {
    for (const { text, good } of CASES) {
      const answer = await issue(text);
      const label = JSON.stringify(text);
      if (good) {
        expect(answer, label).toHaveProperty('text');
        const stored = (answer as { text: string }).text;
        expect(stored, label).toContain(JSON.stringify(text).slice(1, -1));
      } else {
        expect(answer, label).toHaveProperty('pointers');
        expect(
          (answer as { pointers: string[] }).pointers.some((pointer) => pointer.startsWith('/recipients/0')),
          label,
        ).toBe(true);
      }
    }
  });

  it('verifying keeps what another issuer signed, byte for byte, and warns', async () => {
    const school = actor('school');
    const on = world([school]);
    const read = CASES.filter(({ text, good }, at) => text.isWellFormed() && (good ? at % 4 === 0 : at % 3 === 0));
    expect(read.length).toBeGreaterThan(80);
    for (const { text, good } of read) {
      const signed = await on.sign(school, badge(school, { name: text }));
      const report = await on.verifier.verify({ bytes: Buffer.from(JSON.stringify(signed)) });
      const label = JSON.stringify(text);
      expect(report.credential?.name, label).toBe(text);
      const found = report.checks.find((one) => one.check === 'document')!.result;
      expect(found, label).toBe(good ? 'pass' : 'warning');
      expect(report.verdict, label).toBe('valid');
    }
  });

  it('a lone surrogate is no text at all', async () => {
    const school = actor('school');
    const on = world([school]);
    const signed = JSON.stringify(await on.sign(school, badge(school, { name: 'MARK' })));
    for (const hidden of ['\\ud800', 'x\\udc00', '\\udfff\\ud800']) {
      await expect(on.verifier.verify({ text: signed.replace('MARK', hidden) })).rejects.toMatchObject({
        kind: 'malformed-json',
      });
    }
  });
});
