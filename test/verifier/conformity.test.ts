import { beforeAll, describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '#kernel';
import type { CheckName, Report } from '#verifier';
import { CONFORMITY, envelope } from '../../src/credentials/vcdm/index.ts';
import type { Example } from '../../src/credentials/vcdm/rule.ts';
import { SAMPLES } from '../../src/credentials/vcdm/sample.ts';
import { rawSign } from './raw-sign.ts';
import { type Actor, actor, type World, world } from './world.ts';

// Every example of every conformity rule, signed without any check of ours and put through the verifier.

let issuer: Actor;
let holder: Actor;
let on: World;

beforeAll(() => {
  issuer = actor('issuer');
  holder = actor('holder');
  on = world([issuer, holder]);
});

const of = (report: Report, name: CheckName) => report.checks.find((one) => one.check === name)!;
const rows = (which: 'pass' | 'fail', presentation: boolean) =>
  [...CONFORMITY, envelope].flatMap(({ clause, examples }) =>
    examples[which]
      .filter((one) => one.on.startsWith('presentation') === presentation && !one.on.startsWith('enveloped'))
      .map((one) => [clause, one.title, one] as const),
  );

async function make({ on, change }: Example): Promise<JsonObject> {
  const sample = SAMPLES[on]();
  change(sample);
  const document = JSON.parse(JSON.stringify(sample)) as JsonObject;
  if (on !== 'presentation') return rawSign(issuer, document);
  const members = await Promise.all(
    [document.verifiableCredential ?? []].flat().map((one) => (isObject(one) ? rawSign(issuer, one) : one)),
  );
  const whole = 'verifiableCredential' in document ? { ...document, verifiableCredential: members } : document;
  return rawSign(holder, whole, { proofPurpose: 'authentication' });
}

describe('credentials', () => {
  it.each(rows('pass', false))('VCDM %s accepts: %s', async (_clause, _title, example) => {
    const report = await on.verifier.verify({ document: await make(example) });
    expect(report.profile).toBe('vc');
    expect([of(report, 'proof').result, of(report, 'proof').code]).toEqual(['pass', 'signature_valid']);
    expect(['pass', 'warning']).toContain(of(report, 'document').result);
    const { result } = of(report, 'status');
    const future = of(report, 'validity').code === 'not_yet_valid';
    expect(report.verdict).toBe(future ? 'invalid' : result === 'unknown' ? 'undetermined' : 'valid');
  });

  it.each(rows('fail', false))('VCDM %s refuses: %s', async (_clause, _title, example) => {
    const report = await on.verifier.verify({ document: await make(example), profile: 'vc' });
    expect(of(report, 'document')).toMatchObject({ result: 'fail' });
    expect(report.verdict).toBe('invalid');
    expect(report.credential).toBeUndefined();
    expect(JSON.stringify(report)).not.toContain('Specimen');
  });

  it('many of those that are refused have a good proof: nothing but the data model stops them', async () => {
    let good = 0;
    for (const [, , example] of rows('fail', false)) {
      const report = await on.verifier.verify({ document: await make(example), profile: 'vc' });
      if (of(report, 'proof').result === 'pass' && of(report, 'document').code === 'data_model') good++;
    }
    expect(good).toBeGreaterThan(80);
  });
});

describe('presentations', () => {
  it.each(rows('pass', true))('VCDM %s accepts: %s', async (_clause, _title, example) => {
    const { presentation } = await on.verifier.verifyPresentation({ presentation: await make(example) });
    expect(presentation.checks.map(({ check, result }) => [check, result])).toEqual([
      ['document', 'pass'],
      ['proof', 'pass'],
      ['holder', expect.stringMatching(/pass|not_applicable/)],
    ]);
    expect(presentation.verdict).toBe('valid');
  });

  it.each(rows('fail', true))('VCDM %s refuses: %s', async (_clause, _title, example) => {
    const { presentation } = await on.verifier.verifyPresentation({ presentation: await make(example) });
    expect(presentation.checks[0]).toMatchObject({ check: 'document', result: 'fail' });
    expect(presentation.verdict).toBe('invalid');
  });

  it.each(
    envelope.examples.pass.filter((one) => one.on === 'enveloped-credential').map((one) => [one.title, one] as const),
  )('VCDM 4.13 holds: %s', async (_title, example) => {
    const sample = SAMPLES[example.on]();
    example.change(sample);
    const document = { ...SAMPLES.presentation(), verifiableCredential: [sample] };
    const { presentation, credentials } = await on.verifier.verifyPresentation({
      presentation: await rawSign(holder, document, { proofPurpose: 'authentication' }),
    });
    expect(presentation.verdict).toBe('valid');
    // A form that is not read is neither genuine nor forged.
    expect(credentials.map(({ verdict }) => verdict)).toEqual(['undetermined']);
  });

  it.each(
    envelope.examples.fail.filter((one) => one.on === 'enveloped-credential').map((one) => [one.title, one] as const),
  )('VCDM 4.13 does not hold: %s', async (_title, example) => {
    const sample = JSON.parse(JSON.stringify(SAMPLES[example.on](), null));
    example.change(sample);
    const document = { ...SAMPLES.presentation(), verifiableCredential: [sample] };
    const { presentation } = await on.verifier.verifyPresentation({
      presentation: await rawSign(holder, document, { proofPurpose: 'authentication' }),
    });
    expect(presentation.verdict).toBe('invalid');
  });
});
