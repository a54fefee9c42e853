import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { createJwtMaker, createProofMaker } from '#proofs';
import type { Check, Report } from '#verifier';
import { itxt, picture, svg } from '../documents/samples.ts';
import { type Actor, actor, badge, loader, statusEntry, statusList, type World, world } from './world.ts';

const jwt = createJwtMaker({ loader });
const proofs = createProofMaker({ loader });
const school = actor('school');
const AT = '2026-06-15T02:00:00Z';
const V1 = 'https://www.w3.org/2018/credentials/v1';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0';

/** A body with an RSA key, as Open Badges asks for tokens. */
function rsaActor(name: string): Actor {
  const one = actor(name);
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { multibase } = publicKeyOf(publicKey);
  const id = `${one.did}#rsa`;
  const signer = {
    verificationMethod: id,
    publicKeyMultibase: multibase,
    sign: async (data: Uint8Array) => new Uint8Array(sign('sha256', data, privateKey)),
  };
  const method = { id, type: 'Multikey', controller: one.did, publicKeyMultibase: multibase };
  return { did: one.did, signer, document: { ...one.document, verificationMethod: [method], assertionMethod: [id] } };
}
const rsa = rsaActor('university');

const of = (report: Report, name: string): Check => report.checks.find((one) => one.check === name)!;
const text = (value: string) => Buffer.from(value).toString('base64url');

/** Signs any payload as it stands: what others make. */
async function token(by: Actor, alg: string, payload: JsonObject, header: JsonObject = {}): Promise<string> {
  const head = { alg, typ: 'JWT', kid: by.signer.verificationMethod, ...header };
  const input = `${text(JSON.stringify(head))}.${text(JSON.stringify(payload))}`;
  const signature = await by.signer.sign(Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

/** The same badge in VCDM 1.1: other names of its dates, other contexts. */
function older(by: Actor, more: JsonObject = {}, context: string[] = [V1, `${OB}/context-3.0.3.json`]): JsonObject {
  const { validFrom, '@context': _, awardId: __, type: ___, ...rest } = badge(by) as Record<string, never>;
  const subject = (rest as JsonObject).credentialSubject as JsonObject;
  const { awardType, pqfLevel, ...achievement } = subject.achievement as JsonObject;
  return {
    '@context': context,
    ...(rest as JsonObject),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuanceDate: validFrom!,
    credentialSubject: { ...subject, achievement: { ...achievement, type: ['Achievement'] } },
    ...more,
  };
}

const inClaim = ({ id, issuer, issuanceDate, expirationDate, credentialSubject, ...rest }: JsonObject): JsonObject => ({
  iss: (issuer as JsonObject).id!,
  jti: id!,
  sub: (credentialSubject as JsonObject).id!,
  nbf: Date.parse(String(issuanceDate)) / 1000,
  ...(expirationDate ? { exp: Date.parse(String(expirationDate)) / 1000 } : {}),
  vc: {
    id,
    issuer,
    issuanceDate,
    ...(expirationDate ? { expirationDate } : {}),
    credentialSubject,
    ...rest,
  } as JsonObject,
});

async function setting(): Promise<World> {
  const on = world([school, rsa]);
  await on.sign(rsa, statusList(rsa, [7], { id: 'https://university.example/status/1' })).catch(() => undefined);
  return on;
}

describe('a badge as a token', () => {
  it('has the verdict of any other, in whatever carries it', async () => {
    const on = await setting();
    for (const compact of [
      await jwt.sign(badge(rsa), rsa.signer, 'ob-jwt', AT),
      await jwt.sign(badge(school), school.signer, 'vc+jwt', AT),
    ]) {
      const wrapped = compact.replace(/(.{76})/g, '$1\r\n');
      for (const input of [
        { text: compact },
        { text: `\n ${wrapped} \n` },
        { bytes: Buffer.from(`${wrapped}\n`) },
        { bytes: picture(itxt('openbadgecredential', compact)) },
        { bytes: svg(compact) },
        { text: `data:application/vc+jwt,${compact}` },
        { bytes: Buffer.from(`<html><link rel=alternate type="application/vc+jwt" href="https://school.example/t">`) },
        {
          document: {
            '@context': ['https://www.w3.org/ns/credentials/v2'],
            type: 'EnvelopedVerifiableCredential',
            id: `data:application/vc+jwt,${compact}`,
          },
        },
      ]) {
        on.pages.set('https://school.example/t', { body: compact, contentType: 'text/plain' });
        const report = await on.verifier.verify(input);
        expect(report.verdict, JSON.stringify(report.checks.slice(0, 2))).toBe('valid');
        expect(of(report, 'document').evidence.form).toBe('jwt');
        expect(of(report, 'proof').evidence.cryptosuite).toMatch(/^(?:RS256|EdDSA|Ed25519)$/);
        expect(report.credential?.name).toBe('Set-up computer networks');
      }
    }
  });

  it('does not hold when anything in it was changed, or somebody else signed it', async () => {
    const on = await setting();
    const good = await jwt.sign(badge(rsa), rsa.signer, 'ob-jwt', AT);
    const [head, payload, signature] = good.split('.') as [string, string, string];
    const changed = Buffer.from(payload, 'base64url')
      .toString()
      .replace('Set-up computer networks', 'Design of nuclear plants');
    const swapped = await token(school, 'EdDSA', {
      ...badge(rsa),
      iss: rsa.did,
      jti: 'https://university.example/credentials/1',
    });
    for (const bad of [
      `${head}.${text(changed)}.${signature}`,
      `${head}.${payload}.${signature.slice(0, -4)}AAAA`,
      `${text('{"alg":"none"}')}.${payload}.`,
      swapped,
    ]) {
      const report = await on.verifier.verify({ text: bad });
      expect(report.verdict).toBe('invalid');
      expect(report.credential).toBeUndefined();
    }
  });

  it('expires and is checked for undefined members as any other', async () => {
    const on = await setting();
    const expired = await jwt.sign(badge(rsa, { validUntil: '2026-07-01T00:00:00Z' }), rsa.signer, 'ob-jwt', AT);
    expect(of(await on.verifier.verify({ text: expired }), 'validity')).toMatchObject({
      result: 'fail',
      code: 'expired',
    });
    const { validFrom } = badge(rsa);
    const claims = {
      iss: rsa.did,
      jti: 'https://university.example/credentials/1',
      nbf: Date.parse(String(validFrom)) / 1000,
      sub: String((badge(rsa).credentialSubject as JsonObject).id),
    };
    const odd = await token(rsa, 'RS256', { ...badge(rsa), ...claims, favourite: 'blue' });
    expect(of(await on.verifier.verify({ text: odd }), 'document')).toMatchObject({
      result: 'fail',
      code: 'undefined_term',
    });
  });
});

describe('a badge of VCDM 1.1', () => {
  const DI = [V1, `${OB}/context-3.0.3.json`, 'https://w3id.org/security/data-integrity/v2'];
  const until = { expirationDate: '2026-07-01T00:00:00Z' };
  const embedded = (more: JsonObject = {}, by: Actor = school, context = DI) =>
    proofs.sign(older(by, more, context), by.signer, AT);

  it.each(['3.0.1', '3.0.2', '3.0.3'])('with an embedded proof is valid, or expired (context %s)', async (edition) => {
    const on = await setting();
    const context = [V1, `${OB}/context-${edition}.json`, DI[2]!];
    // The second edition has no term for the day of the award.
    const { awardedDate: _, ...plain } = older(school, {}, context);
    const document = await proofs.sign(edition === '3.0.2' ? plain : older(school, {}, context), school.signer, AT);
    const report = await on.verifier.verify({ document });
    expect(report.verdict, JSON.stringify(report.checks.slice(0, 3))).toBe('valid');
    expect(report.credential).toMatchObject({ validFrom: '2026-06-15T01:00:00Z' });
    const over = await proofs.sign({ ...plain, ...until }, school.signer, AT);
    const expired = await on.verifier.verify({ document: over });
    expect(expired.verdict).toBe('invalid');
    expect(of(expired, 'validity').code).toBe('expired');
  });

  it('with an embedded proof is revoked by a bitstring or by a list of 1EdTech', async () => {
    const on = await setting();
    const list = await on.sign(school, statusList(school, [7]));
    on.publish(String(list.id), list);
    const extensions = [...DI, `${OB}/extensions.json`];
    const url = 'https://school.example/revocations';
    on.publish(url, {
      id: url,
      issuer: school.did,
      revokedCredential: [{ id: 'https://school.example/credentials/1', revoked: true }],
    });
    const by = { credentialStatus: { id: url, type: '1EdTechRevocationList' } };
    const edtech = await on.verifier.verify({ document: await embedded(by, school, extensions) });
    expect(of(edtech, 'status')).toMatchObject({ result: 'fail', code: 'revoked' });
    expect(edtech.verdict).toBe('invalid');
  });

  it.each([
    ['RS256', rsa],
    ['EdDSA', school],
  ] as const)('as a token with the claim "vc" is valid, expired, revoked (%s)', async (alg, by) => {
    const on = await setting();
    const read = async (more: JsonObject = {}, context?: string[]) =>
      on.verifier.verify({ text: await token(by, alg, inClaim(older(by, more, context))) });
    const good = await read();
    expect(good.verdict, JSON.stringify(good.checks.slice(0, 3))).toBe('valid');
    expect((await read(until)).verdict).toBe('invalid');
    const url = `https://${by.did.slice(8)}/revocations`;
    on.publish(url, {
      id: url,
      issuer: by.did,
      revokedCredential: [{ id: `https://${by.did.slice(8)}/credentials/1` }],
    });
    const revoked = await read({ credentialStatus: { id: url, type: '1EdTechRevocationList' } }, [
      V1,
      `${OB}/context-3.0.3.json`,
      `${OB}/extensions.json`,
    ]);
    expect(of(revoked, 'status')).toMatchObject({ result: 'fail', code: 'revoked' });
    expect(revoked.verdict).toBe('invalid');
  });

  it('keeps the place of the credential and the first context together', async () => {
    const on = await setting();
    // Version 2.0 in the claim, version 1.1 beside the claims: neither is read as the other.
    const newer = badge(rsa);
    const both: JsonObject[] = [
      { iss: rsa.did, jti: newer.id!, vc: newer },
      { ...older(rsa), iss: rsa.did, jti: newer.id! },
    ];
    for (const payload of both) {
      const answer = await on.verifier.verify({ text: await token(rsa, 'RS256', payload) }).then(
        ({ verdict }) => verdict,
        (error: { kind?: string }) => error.kind,
      );
      expect(['invalid', 'invalid-request']).toContain(answer);
    }
  });

  it('asks for its own date, and takes the narrower of two', async () => {
    const on = await setting();
    const without = older(school, { validFrom: '2026-06-15T01:00:00Z' }, DI);
    const { issuanceDate: _, ...bare } = without;
    const missing = await on.verifier.verify({ document: bare });
    expect(of(missing, 'document')).toMatchObject({ result: 'fail', code: 'schema' });
    const longer = await on.verifier.verify({
      document: await embedded({ ...until, validUntil: '2030-01-01T00:00:00Z' }),
    });
    expect(of(longer, 'validity')).toMatchObject({ result: 'fail', code: 'expired' });
  });

  it('with a bitstring entry', async () => {
    const on = await setting();
    await on.sign(school, statusList(school, [7]));
    const entry = (index: number) => statusEntry(index) as JsonObject;
    const token7 = await token(school, 'EdDSA', inClaim(older(school, entry(7), [V1, `${OB}/context-3.0.3.json`])));
    const report = await on.verifier.verify({ text: token7 });
    // Its context does not define the entry, so nothing is said of a status that no term names.
    expect(['invalid', 'undetermined']).toContain(report.verdict);
  });
});
