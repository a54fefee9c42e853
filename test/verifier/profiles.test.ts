import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestMultibase, type JsonObject } from '#kernel';
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '#proofs';
import { CHECKS, type CheckName, type Report } from '#verifier';
import { SAMPLES } from '../../src/credentials/vcdm/sample.ts';
import { rawSign } from './raw-sign.ts';
import { type Actor, actor, badge, grant, statusEntry, statusList, type World, world } from './world.ts';

let issuer: Actor;
let on: World;

beforeAll(async () => {
  issuer = actor('issuer');
  on = world([issuer]);
  await on.sign(issuer, { ...statusList(issuer, [7]) });
});

const of = (report: Report, name: CheckName) => report.checks.find((one) => one.check === name)!;
const plain = (more: JsonObject = {}): JsonObject => ({ ...SAMPLES.credential(), ...more });
const verify = async (document: JsonObject) => on.verifier.verify({ document: await rawSign(issuer, document) });
const entry = (index: number) => statusEntry(index).credentialStatus as JsonObject;

describe('which profile', () => {
  it('a credential that is no badge is valid by the data model, and the report says so', async () => {
    const report = await verify(
      plain({
        '@context': [CREDENTIALS_V2],
        type: ['VerifiableCredential'],
        credentialSubject: { id: 'did:example:subject' },
      }),
    );
    expect(report.checks.map(({ check }) => check)).toEqual(CHECKS);
    expect([report.verdict, report.recognition, report.profile]).toEqual(['valid', 'not_shown', 'vc']);
    expect(of(report, 'document')).toMatchObject({ result: 'pass', code: 'conforming' });
    expect(of(report, 'document').message.en).toBe('It is a conforming W3C Verifiable Credential.');
    expect(report.sentence).toEqual({
      en: 'Genuine, but it is a credential of another kind than an Open Badge, so no register was asked about its issuer.',
      fil: 'Tunay ito, ngunit ibang uri ito ng kredensiyal at hindi Open Badge, kaya walang talaang tinanong tungkol sa nagkaloob.',
    });
    for (const name of ['issuer', 'accreditation', 'achievement', 'endorsements', 'stackability'] as const) {
      expect(of(report, name)).toMatchObject({ result: 'not_applicable', code: 'not_a_badge' });
    }
    expect(report.credential).toEqual({
      id: 'urn:uuid:6f0e8a1c-6b8b-4c55-9f10-2f7f6b1d5a01',
      name: 'Specimen membership',
      types: ['VerifiableCredential'],
      issuerId: issuer.did,
      subjectId: 'did:example:subject',
      validFrom: '2026-06-15T01:00:00Z',
    });
  });

  it('follows the types, and the caller', async () => {
    const open = await rawSign(issuer, badge(issuer));
    const other = await rawSign(issuer, plain());
    const profile = async (document: JsonObject, asked?: 'openbadge' | 'vc') =>
      (await on.verifier.verify({ document, ...(asked ? { profile: asked } : {}) })).profile;
    expect([await profile(open), await profile(open, 'vc')]).toEqual(['openbadge', 'vc']);
    expect([await profile(other), await profile(other, 'openbadge')]).toEqual(['vc', 'openbadge']);
    expect(await profile({ ...other, type: ['VerifiableCredential', 'EndorsementCredential'] })).toBe('openbadge');
    expect(await profile({ ...other, type: ['VerifiableCredential', 'ClrCredential'] })).toBe('openbadge');
    expect(await profile({ type: ['Thing'] })).toBe('openbadge');
  });

  it('an accreditation is a credential of its issuer', async () => {
    const report = await on.verifier.verify({ document: await grant(on, { by: issuer, to: issuer }) });
    expect([report.verdict, report.profile]).toEqual(['valid', 'vc']);
  });

  it('a badge asked for as a plain credential is not recognised by that way', async () => {
    const document = await rawSign(issuer, badge(issuer));
    const report = await on.verifier.verify({ document, profile: 'vc' });
    expect([report.verdict, report.recognition]).toEqual(['valid', 'not_shown']);
    expect(report.credential?.achievementId).toBeUndefined();
  });

  it.each<[string, (d: JsonObject) => void, RegExp, RegExp]>([
    ['no issuer', (d) => delete d.issuer, /^Not a credential: /, /^Hindi ito kredensiyal: /],
    [
      'another shape',
      (d) => delete d.credentialSubject,
      /not a well-formed W3C Verifiable Credential/,
      /hindi ito maayos na W3C Verifiable Credential/,
    ],
    [
      'revoked',
      (d) => Object.assign(d, { credentialStatus: entry(7) }),
      /^Revoked by its issuer;/,
      /ang kredensiyal na ito/,
    ],
    ['expired', (d) => Object.assign(d, { validUntil: '2026-07-01T00:00:00Z' }), /^Expired/, /ng kredensiyal na ito/],
  ])('nothing is called a badge: %s', async (_name, change, en, fil) => {
    const document = plain();
    change(document);
    const report = await verify(document);
    expect(report.verdict).toBe('invalid');
    expect(report.sentence.en).toMatch(en);
    expect(report.sentence.fil).toMatch(fil);
    for (const { code, message } of report.checks) {
      if (code === 'not_a_badge') continue;
      expect(message.en).not.toMatch(/\bbadge/i);
      expect(message.fil).not.toMatch(/\bbadge/i);
    }
  });
});

describe('what a holder could do to a signed credential without breaking its proof', () => {
  const MEANS = 'https://specimen.example/terms/specimenGrade';

  it('calls its own types by other names: the address is shown', async () => {
    const signed = await rawSign(issuer, plain());
    const renamed = structuredClone(signed);
    renamed['@context'] = [
      CREDENTIALS_V2,
      { DoctorateDegree: 'https://specimen.example/terms/SpecimenMembership', specimenGrade: MEANS },
    ];
    renamed.type = ['VerifiableCredential', 'DoctorateDegree'];
    const [before, after] = [
      await on.verifier.verify({ document: signed }),
      await on.verifier.verify({ document: renamed }),
    ];
    expect([of(before, 'proof').result, of(after, 'proof').result]).toEqual(['pass', 'pass']);
    expect(after.credential?.types).toEqual([
      'VerifiableCredential',
      'https://specimen.example/terms/SpecimenMembership',
    ]);
    expect(after.credential).toEqual(before.credential);
    expect(of(after, 'document')).toMatchObject({ result: 'warning', code: 'inline_context' });
  });

  it.each([
    ['credentialStatus', CREDENTIALS_V2, 'https://www.w3.org/2018/credentials#credentialStatus'],
    ['credentialStatus in 1.1', CREDENTIALS_V1, 'https://www.w3.org/2018/credentials#credentialStatus'],
    ['credentialStatus by a prefix of 1.1', CREDENTIALS_V1, 'cred:credentialStatus'],
  ])('hides a revocation by another name for %s: refused', async (_name, base, iri) => {
    const one = base === CREDENTIALS_V2 ? plain() : SAMPLES['credential-1.1']();
    const signed = await rawSign(issuer, { ...one, credentialStatus: { ...entry(7), type: 'SpecimenMembership' } });
    const { credentialStatus, ...rest } = signed;
    const hidden: JsonObject = { ...rest, state: credentialStatus! };
    hidden['@context'] = [base, { ...((signed['@context'] as JsonObject[])[1] as object), state: iri }];
    const report = await on.verifier.verify({ document: hidden });
    expect([report.verdict, of(report, 'document').code]).toEqual(['invalid', 'bad_context']);
    const long = { ...rest, 'https://www.w3.org/2018/credentials#credentialStatus': credentialStatus! };
    expect((await on.verifier.verify({ document: long })).verdict).toBe('undetermined');
  });

  it.each(['vc', 'openbadge'] as const)(
    'moves its status to another place that names it (%s): not decided',
    async (kind) => {
      const id = 'https://issuer.example/credentials/77';
      const evidence = [{ id, type: kind === 'vc' ? ['SpecimenMembership'] : ['Evidence'] }];
      const document = kind === 'vc' ? plain({ id, evidence }) : badge(issuer, { id, evidence });
      const signed = await rawSign(issuer, { ...document, credentialStatus: entry(7) });
      expect((await on.verifier.verify({ document: signed })).verdict).toBe('invalid');
      const { credentialStatus, ...moved } = structuredClone(signed);
      moved.evidence = [
        { ...evidence[0]!, type: [...evidence[0]!.type, 'VerifiableCredential'], credentialStatus: credentialStatus! },
      ];
      const report = await on.verifier.verify({ document: moved });
      expect(of(report, 'proof').result).toBe('pass');
      expect([report.verdict, of(report, 'document').code]).toEqual(['undetermined', 'split_node']);
    },
  );

  it('puts a status entry in words of its own: not decided', async () => {
    const terms = {
      BitstringStatusListEntry: 'https://specimen.example/terms/Entry',
      statusPurpose: 'https://specimen.example/terms/purpose',
      statusListIndex: 'https://specimen.example/terms/index',
      statusListCredential: 'https://specimen.example/terms/list',
    };
    const sample = SAMPLES['credential-1.1']();
    sample['@context'][1] = { ...sample['@context'][1], ...terms };
    const report = await verify({ ...sample, credentialStatus: entry(9) });
    expect(of(report, 'document').result).toBe('warning');
    expect(of(report, 'status')).toMatchObject({ result: 'unknown', code: 'unsupported_status' });
  });

  it('shows no name that 1.1 leaves to be defined', async () => {
    const sample = SAMPLES['credential-1.1']();
    sample['@context'][1].name = 'https://specimen.example/terms/pen-name';
    const report = await verify({ ...sample, name: 'Doctor' });
    expect(of(report, 'proof').result).toBe('pass');
    expect(report.credential?.name).toBeUndefined();
    expect(report.credential?.validFrom).toBe('2026-06-15T01:00:00Z');
  });

  it('a mark of a specimen stays one', async () => {
    const report = await verify(plain({ name: 'SPECIMEN membership' }));
    expect(report.specimen).toBe(true);
    expect(report.sentence.en).toMatch(/^Specimen: genuine/);
  });
});

describe('VCDM 4.10 several statuses', () => {
  const other = 'https://issuer.example/status/2';
  it.each<[string, JsonObject[], string, string]>([
    ['both good', [entry(1), entry(2)], 'pass', 'valid'],
    ['the second revoked', [entry(1), entry(7)], 'fail', 'invalid'],
    ['one revoked, one not to be had', [{ ...entry(1), statusListCredential: other }, entry(7)], 'fail', 'invalid'],
    ['one not to be had', [entry(1), { ...entry(1), statusListCredential: other }], 'unknown', 'undetermined'],
    ['one of a kind that is not read', [entry(1), { type: 'SpecimenMembership' }], 'unknown', 'undetermined'],
    ['one revoked behind a kind that is not read', [{ type: 'SpecimenMembership' }, entry(7)], 'fail', 'invalid'],
  ])('%s', async (_name, credentialStatus, result, verdict) => {
    const report = await verify(plain({ credentialStatus }));
    expect([of(report, 'status').result, report.verdict]).toEqual([result, verdict]);
  });

  it('thirty of them: none is fetched', async () => {
    const credentialStatus = Array.from({ length: 30 }, (_, n) => ({
      ...entry(n),
      statusListCredential: `https://victim.example/${n}`,
    }));
    on.asked.length = 0;
    const report = await verify(plain({ credentialStatus }));
    expect([of(report, 'status').code, report.verdict]).toEqual(['too_many_entries', 'undetermined']);
    expect(on.asked).toEqual([]);
  });
});

describe('the recipient of a plain credential', () => {
  it.each<[string, JsonObject | JsonObject[], string | undefined, string]>([
    ['nobody named', { id: 'did:example:subject' }, undefined, 'not_applicable'],
    ['the subject', { id: 'did:example:subject' }, 'did:example:subject', 'pass'],
    ['one of two', [{ id: 'did:example:a' }, { id: 'did:example:b' }], 'did:example:b', 'pass'],
    ['somebody else', { id: 'did:example:subject' }, 'did:example:other', 'fail'],
    [
      'somebody, where one subject has no id',
      [{ id: 'did:example:a' }, { specimenGrade: 'A' }],
      'did:example:b',
      'unknown',
    ],
    ['an address, of which it says nothing', { id: 'did:example:subject' }, 'juana@example.ph', 'unknown'],
  ])('%s', async (_name, credentialSubject, recipient, result) => {
    const document = await rawSign(issuer, plain({ credentialSubject }));
    const report = await on.verifier.verify({ document, ...(recipient ? { recipient } : {}) });
    expect(of(report, 'recipient').result).toBe(result);
  });
});

describe('VCDM 5.3 related resources', () => {
  const bytes = Buffer.from('{"specimen":true}\n');
  const url = 'https://issuer.example/related/1';
  const sri = (algorithm: string, of: Buffer = bytes) =>
    `${algorithm}-${createHash(algorithm).update(of).digest('base64')}`;
  const multibase = digestMultibase(createHash('sha256').update(bytes).digest('hex'));
  const wrong = Buffer.from('{"specimen":false}\n');

  it.each<[string, JsonObject, string, string]>([
    ['sha256', { id: url, digestSRI: sri('sha256') }, 'warning', 'inline_context'],
    ['sha384', { id: url, digestSRI: sri('sha384') }, 'warning', 'inline_context'],
    ['sha512', { id: url, digestSRI: sri('sha512') }, 'warning', 'inline_context'],
    [
      'hex',
      { id: url, digestSRI: `sha256-${createHash('sha256').update(bytes).digest('hex')}` },
      'warning',
      'inline_context',
    ],
    ['multibase', { id: url, digestMultibase: multibase }, 'warning', 'inline_context'],
    ['both', { id: url, digestMultibase: multibase, digestSRI: sri('sha384') }, 'warning', 'inline_context'],
    ['digest mismatch', { id: url, digestSRI: sri('sha256', wrong) }, 'fail', 'related_resource'],
    [
      'one of two digests mismatched',
      { id: url, digestMultibase: multibase, digestSRI: sri('sha384', wrong) },
      'fail',
      'related_resource',
    ],
    [
      'the base context',
      { id: CREDENTIALS_V2, digestSRI: 'sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=' },
      'warning',
      'inline_context',
    ],
    [
      'the base context with another digest',
      { id: CREDENTIALS_V2, digestSRI: sri('sha384') },
      'fail',
      'related_resource',
    ],
    [
      'nothing there',
      { id: 'https://issuer.example/related/none', digestSRI: sri('sha256') },
      'warning',
      'inline_context',
    ],
  ])('%s', async (_name, relatedResource, result, code) => {
    on.pages.set(url, { body: bytes, contentType: 'text/plain' });
    const report = await verify(plain({ relatedResource }));
    expect(of(report, 'document')).toMatchObject({ result, code });
    expect(report.verdict).toBe(result === 'fail' ? 'invalid' : 'valid');
    expect(on.asked).not.toContain(CREDENTIALS_V2);
  });

  it('what could not be had is a warning with its reason, and fetches are few', async () => {
    const relatedResource = Array.from({ length: 30 }, (_, n) => ({
      id: `https://victim.example/${n}`,
      digestSRI: sri('sha256'),
    }));
    on.asked.length = 0;
    const document = plain({
      '@context': [CREDENTIALS_V2],
      type: 'VerifiableCredential',
      credentialSubject: { id: 'urn:x:y' },
      relatedResource,
    });
    const report = await verify(document);
    expect(of(report, 'document')).toMatchObject({ result: 'warning', code: 'related_resource_unreachable' });
    expect(on.asked).toHaveLength(4);
    const { relatedResource: compared } = of(report, 'document').evidence as { relatedResource: { code: string }[] };
    expect(compared.map(({ code }) => code).filter((code) => code === 'too_many')).toHaveLength(26);
  });

  it('a stranger’s addresses are not fetched', async () => {
    on.asked.length = 0;
    const signed = await rawSign(issuer, plain({ relatedResource: { id: url, digestSRI: sri('sha256') } }));
    await on.verifier.verify({ document: { ...signed, name: 'Changed' } });
    expect(on.asked).toEqual([]);
  });
});
