import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import type { CheckName, Report } from '#verifier';
import { rawSign } from './raw-sign.ts';
import { actor, badge, PH, statusEntry, statusList, world } from './world.ts';

/** What a holder can write otherwise while the signature, which is over statements, still fits. */
const school = actor('school');
const board = actor('board');
const on = world([]);
on.join(school);
on.join(board);
const BOARD_LIST = 'https://board.example/status/1';
on.publish(
  BOARD_LIST,
  await on.sign(board, { ...statusList(board, [7]), id: BOARD_LIST, credentialSubject: list(statusList(board, [7])) }),
);
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const PH_TERMS = 'https://w3id.org/tatak/ph/v1#';
const CREDENTIAL = 'https://school.example/credentials/1';
const ACHIEVEMENT = 'https://school.example/achievements/1';

function list({ credentialSubject }: JsonObject): JsonObject {
  return { ...(credentialSubject as JsonObject), id: `${BOARD_LIST}#list` };
}
const of = (report: Report, name: CheckName) => report.checks.find((one) => one.check === name)!;
const verify = (document: JsonObject, more: { profile?: 'vc' } = {}) => on.verifier.verify({ document, ...more });
// biome-ignore lint/suspicious/noExplicitAny: changes reach into a JSON document
type Any = any;
const changed = (document: JsonObject, change: (d: Any) => void): JsonObject => {
  const copy = structuredClone(document);
  change(copy);
  return copy;
};

async function endorsement(about: string, more: JsonObject = {}, by = board): Promise<JsonObject> {
  const { '@context': _, ...one } = await on.sign(by, {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3],
    id: 'https://board.example/endorsements/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Endorsement',
    issuer: { id: by.did, type: ['Profile'] },
    validFrom: '2026-06-15T01:00:00Z',
    credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'Well taught.' },
    ...more,
  });
  return one;
}

describe('a badge is not read as a credential of another kind', () => {
  it.each([`${OB}OpenBadgeCredential`, 'cred:OpenBadgeCredential', `${PH_TERMS}PhCredential`])(
    'because its type is %s',
    async (type) => {
      const signed = await on.sign(school, badge(school));
      const report = await verify(changed(signed, (d) => (d.type = ['VerifiableCredential', type])));
      expect([report.verdict, of(report, 'document').code]).toEqual(['undetermined', 'iri_member']);
    },
  );

  it('because a name of its own stands for the type', async () => {
    const document = { id: 'urn:uuid:1', issuer: school.did, credentialSubject: { id: 'did:example:a' } };
    const type = ['VerifiableCredential', 'PhCredential'];
    const signed = await rawSign(school, {
      '@context': [CREDENTIALS_V2, PH],
      ...document,
      type,
      realism: 'Illustrative',
    });
    expect(await verify(signed)).toMatchObject({ verdict: 'valid', specimen: true });
    const { realism: _, ...renamed } = signed;
    const own = { kind: `${PH_TERMS}PhCredential`, x: `${PH_TERMS}realism` };
    const report = await verify({
      ...renamed,
      '@context': [CREDENTIALS_V2, own],
      type: ['VerifiableCredential', 'kind'],
      x: { id: `${PH_TERMS}Illustrative` },
    });
    expect([report.verdict, of(report, 'document').code]).toEqual(['invalid', 'bad_context']);
  });
});

describe('the mark of a specimen stays, in either profile', () => {
  it.each<[string, JsonObject, JsonObject, (d: Any) => void]>([
    ['as a compact address', { realism: 'Illustrative' }, {}, (d) => (d.realism = 'ph:Illustrative')],
    ['as an address', { realism: 'Illustrative' }, {}, (d) => (d.realism = `${PH_TERMS}Illustrative`)],
    ['as an object', { realism: 'Illustrative' }, {}, (d) => (d.realism = { id: `${PH_TERMS}Illustrative` })],
    ['on the achievement', {}, { realism: 'Illustrative' }, () => {}],
    ['in the name of the achievement', {}, { name: 'SPECIMEN networks' }, () => {}],
  ])('%s', async (_name, more, achievement, change) => {
    const document = changed(await on.sign(school, badge(school, more, achievement)), change);
    for (const asked of [{}, { profile: 'vc' as const }]) {
      expect(await verify(document, asked)).toMatchObject({ verdict: 'valid', specimen: true });
    }
  });

  it('in a name with a value', async () => {
    const signed = await on.sign(school, badge(school, { name: 'SPECIMEN networks' }));
    const document = changed(signed, (d) => (d.name = { '@value': d.name }));
    expect(await verify(document, { profile: 'vc' })).toMatchObject({ verdict: 'valid', specimen: true });
  });
});

describe('nothing is moved to another object of the same id', () => {
  const split = async (document: JsonObject, change: (d: Any, subject: Any) => void) => {
    const moved = changed(document, (d) => {
      const carrier = d.endorsement ? d : d.credentialSubject.achievement;
      change(d, carrier.endorsement[0].credentialSubject);
    });
    const report = await verify(moved);
    expect([report.verdict, of(report, 'document').code]).toEqual(['undetermined', 'split_node']);
    expect(of(report, 'proof').result).toBe('pass');
  };

  it('not the day of the award, which any object may carry', async () => {
    const signed = await on.sign(school, badge(school, { endorsement: [await endorsement(CREDENTIAL)] }));
    expect((await verify(signed)).verdict).toBe('valid');
    await split(signed, (d, subject) => {
      subject.awardedDate = d.awardedDate;
      delete d.awardedDate;
    });
  });

  it('not the mark of a specimen on an achievement', async () => {
    const carried = { realism: 'Illustrative', endorsement: [await endorsement(ACHIEVEMENT)] };
    const signed = await on.sign(school, badge(school, {}, carried));
    expect(await verify(signed)).toMatchObject({ verdict: 'valid', specimen: true });
    await split(signed, (d, subject) => {
      subject.type.push('PhAchievement');
      subject.realism = d.credentialSubject.achievement.realism;
      delete d.credentialSubject.achievement.realism;
    });
  });

  it('not the status of an endorsement', async () => {
    const inner = await endorsement(
      'https://board.example/endorsements/1',
      { id: 'https://school.example/e/2' },
      school,
    );
    const entry = { ...(statusEntry(7).credentialStatus as JsonObject), id: `${BOARD_LIST}#7` };
    const revoked = await endorsement(CREDENTIAL, {
      endorsement: [inner],
      credentialStatus: { ...entry, statusListCredential: BOARD_LIST },
    });
    const signed = await on.sign(school, badge(school, { endorsement: [revoked] }));
    const first = (report: Report) => (of(report, 'endorsements').evidence.endorsements as JsonObject[])[0];
    expect(first(await verify(signed))).toMatchObject({ outcome: 'fail', code: 'revoked' });
    const moved = changed(signed, ({ endorsement: [one] }) => {
      const other = one.endorsement[0].credentialSubject;
      other.type.push('VerifiableCredential');
      other.credentialStatus = one.credentialStatus;
      delete one.credentialStatus;
    });
    expect(first(await verify(moved))).toMatchObject({ outcome: 'unknown', code: 'split_node' });
  });
});

it('the newer name of an end date counts in version 1.1, whose context defines it', async () => {
  const document = {
    '@context': [CREDENTIALS_V1],
    id: 'urn:uuid:1',
    type: ['VerifiableCredential'],
    issuer: school.did,
  };
  const signed = await rawSign(school, {
    ...document,
    issuanceDate: '2026-01-01T00:00:00Z',
    validUntil: '2026-02-01T00:00:00Z',
    credentialSubject: { id: 'did:example:a' },
  });
  expect(of(await verify(signed), 'validity')).toMatchObject({ result: 'fail', code: 'expired' });
});
