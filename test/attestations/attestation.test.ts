import { createPublicKey, verify } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { describe, expect, it } from 'vitest';
import { createAttestationReader, isAttestation } from '#attestations';
import type { MethodResolution } from '#identifiers';
import { LIMITS, Problem } from '#kernel';
import { decodeMultikey } from '#keystore';
import { openAttestation, writeAttestation } from '../../src/attestations/text.ts';
import { fromBase45, toBase45 } from '../../src/documents/qr/base45.ts';
import { ISSUER, testKey } from '../support/golden-badge.ts';
import { AS_OF, LONG_NAME, statement } from './samples.ts';

const { signer, method } = testKey(7);
const KID = 'key-1-assertion';
const NOW = new Date('2026-11-23T04:00:00Z');
const write = (members = {}) => writeAttestation(statement(members), KID, signer);
const cwtOf = (text: string) => inflateSync(fromBase45(text.slice('TATAK1:'.length)));
const textOf = (cwt: Uint8Array) => `TATAK1:${toBase45(deflateSync(cwt, { level: 9 }))}`;

const known = async (id: string): Promise<MethodResolution> =>
  id === method.id
    ? { outcome: 'ok', method, document: { id: ISSUER } }
    : { outcome: 'unknown', code: 'did_unreachable', detail: id };
const reader = (resolveMethod = known, now = NOW) =>
  createAttestationReader({ clock: { now: () => now }, resolveMethod });

/** How far it gets: refused as no attestation at all, or with this signature. */
async function fate(text: string): Promise<string> {
  try {
    return (await reader().read(text)).signature;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect([error.kind, error.extensions.code]).toEqual(['invalid-request', 'attestation']);
    return 'refused';
  }
}

describe('an attestation', () => {
  it('says what was stated, by whom, when, and that it is not the badge', async () => {
    const text = await write({ recipient: 'Juan dela Cruz', validUntil: '2030-01-01T00:00:00Z' });
    const report = await reader().read(`\n${text}\r\n`);
    expect(report).toMatchObject({ kind: 'attestation', signature: 'valid', code: 'signature_valid' });
    expect(report.statement).toEqual({
      ...statement({ recipient: 'Juan dela Cruz', validUntil: '2030-01-01T00:00:00Z' }),
      ageDays: 3,
      old: false,
    });
    expect(report.sentence.en).toMatch(
      /^SPECIMEN\. A derived attestation, not the badge itself: 3 days ago, did:web:\S+ stated/,
    );
    expect(report).not.toHaveProperty('verdict');
  });

  it.each(['active', 'suspended', 'revoked'] as const)('says so in no words of the badge (%s)', async (status) => {
    const name = 'SPECIMEN A” is genuine and recognised. “VERIFIED';
    for (const until of ['2030-01-01T00:00:00Z', '2026-11-21T00:00:00Z']) {
      const { sentence, statement: stated } = await reader().read(await write({ name, status, validUntil: until }));
      expect(stated?.name).toBe(name);
      expect(sentence.en + sentence.fil).not.toContain('VERIFIED');
    }
  });

  it('is the structure that RFC 8392, RFC 9052 and RFC 9053 say, read by other hands', async () => {
    const cwt = cwtOf(await write());
    // Tags 61 and 18, a list of four: taken off here by hand, because the other reader gives tags a form of its own.
    expect(cwt.subarray(0, 4).toString('hex')).toBe('d83dd284');
    const [header, unprotected, payload, signature] = isoCBOR.decodeFirst<
      [Uint8Array, Map<number, unknown>, Uint8Array, Uint8Array]
    >(new Uint8Array(cwt.subarray(3)));
    expect(unprotected.size).toBe(0);
    expect(isoCBOR.decodeFirst(new Uint8Array(header))).toEqual(
      new Map<number, unknown>([
        [1, -8],
        [4, new TextEncoder().encode(KID)],
      ]),
    );
    const claims = isoCBOR.decodeFirst<Map<number, unknown>>(new Uint8Array(payload));
    expect([claims.get(1), claims.get(2), claims.get(6)]).toEqual([
      ISSUER,
      statement().badge,
      Date.parse(AS_OF) / 1_000,
    ]);
    expect(new Uint8Array((claims.get(-65_537) as Map<number, Uint8Array>).get(1)!)).toEqual(
      new Uint8Array(Buffer.from(statement().sha256, 'hex')),
    );
    // Sig_structure (RFC 9052, 4.4) written out: list of four, "Signature1", header, no external data, payload.
    const bytes = (value: Uint8Array) =>
      Buffer.concat([
        value.length < 24
          ? Buffer.of(0x40 + value.length)
          : value.length < 256
            ? Buffer.of(0x58, value.length)
            : Buffer.of(0x59, value.length >> 8, value.length & 255),
        value,
      ]);
    const signed = Buffer.concat([
      Buffer.of(0x84, 0x6a),
      Buffer.from('Signature1'),
      bytes(header),
      Buffer.of(0x40),
      bytes(payload),
    ]);
    const x = Buffer.from(decodeMultikey(method.publicKeyMultibase)!).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, signed, key, signature)).toBe(true);
  });

  it('holds with no byte and no character changed', async () => {
    const text = await write({ recipient: 'Juan dela Cruz' });
    const cwt = cwtOf(text);
    expect(await fate(textOf(cwt))).toBe('valid');
    for (let at = 0; at < cwt.length; at++) {
      const changed = Uint8Array.from(cwt);
      changed[at]! ^= 1 << (at % 8);
      expect(await fate(textOf(changed)), `byte ${at}`).not.toBe('valid');
    }
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === 'A' ? 'B' : 'A';
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      // Packing has bits that mean nothing; what comes out of it is then what went in.
      const outcome = isAttestation(changed) ? await fate(changed) : 'refused';
      if (outcome === 'valid') expect(openAttestation(changed)).toEqual(openAttestation(text));
    }
    for (const length of [0, 7, 8, 100, text.length - 1]) expect(await fate(text.slice(0, length))).toBe('refused');
  });

  it('is undetermined where the key of its issuer is not at hand, and shows nothing it states', async () => {
    const report = await reader(async (detail) => ({ outcome: 'unknown', code: 'did_unreachable', detail })).read(
      await write(),
    );
    expect(report).toMatchObject({ signature: 'undetermined', code: 'key_unknown', badge: statement().badge });
    expect(report).not.toHaveProperty('statement');
    const newer = await reader(async (detail) => ({ outcome: 'refused', code: 'method_not_found', detail })).read(
      await write(),
    );
    expect(newer.signature).toBe('undetermined');
  });

  it('does not hold with a key that had ended, or another key of that name', async () => {
    const ended = (end: object) => async (): Promise<MethodResolution> => ({
      outcome: 'ok',
      method: { ...method, ...end },
      document: {},
    });
    const text = await write();
    const codes = [];
    for (const end of [
      { revoked: AS_OF },
      { expires: AS_OF },
      { publicKeyMultibase: testKey(8).method.publicKeyMultibase },
    ]) {
      const report = await reader(ended(end)).read(text);
      expect([report.signature, report.statement]).toEqual(['invalid', undefined]);
      codes.push(report.code);
    }
    expect(codes).toEqual(['key_revoked', 'key_expired', 'signature_invalid']);
    expect((await reader(ended({ expires: '2026-11-21T00:00:00Z' })).read(text)).signature).toBe('valid');
    // What was signed with a stolen key can bear any date.
    const since = await reader(ended({ revoked: '2026-11-21T00:00:00Z' })).read(text);
    expect(since).toMatchObject({ signature: 'undetermined', code: 'key_revoked' });
    expect([since.statement, since.sentence.en]).toEqual([undefined, expect.stringContaining('has revoked since')]);
  });

  it('says how old it is, and is told from one that is too old or of tomorrow', async () => {
    const on = (day: string) => reader(known, new Date(day));
    const text = await write();
    expect((await on('2026-11-20T04:00:00Z').read(text)).sentence.fil).toContain('wala pang isang araw');
    const last = await on('2026-12-20T04:00:00Z').read(text);
    expect(last.statement).toMatchObject({ ageDays: 30, old: false });
    const old = await on('2026-12-21T04:00:00Z').read(text);
    expect([old.statement?.old, old.advice.en]).toEqual([true, expect.stringMatching(/^This statement is old/)]);
    expect(await on('2026-11-20T02:00:00Z').read(text)).toMatchObject({ signature: 'undetermined', code: 'not_yet' });
  });

  it.each([
    ['revoked', 'is revoked'],
    ['suspended', 'is suspended'],
  ] as const)('of a badge that is %s says so', async (status, words) => {
    const report = await reader().read(await write({ status }));
    expect(report.sentence.en).toContain(words);
    expect(report.statement?.status).toBe(status);
  });

  it('of a badge that ended since says so', async () => {
    const report = await reader().read(await write({ validUntil: '2026-11-22T00:00:00Z' }));
    expect(report.sentence.en).toContain('has ended since');
  });
});

describe('the text', () => {
  it('of a realistic badge with a name of 120 characters has at most 900 characters', async () => {
    const text = await write({ recipient: LONG_NAME, validUntil: '2030-01-01T00:00:00Z' });
    expect([...LONG_NAME]).toHaveLength(120);
    expect(text.length).toBeLessThanOrEqual(800);
    expect(text).toMatch(/^TATAK1:[0-9A-Z $%*+\-./:]+$/);
    expect(openAttestation(text).statement.recipient).toBe(LONG_NAME);
  });

  it('is made to fit by cutting the name of the achievement, which shows, and never the recipient', async () => {
    const name = Array.from({ length: 25 }, (_, at) => `Módule${(at * 7_919) % 97}`).join(' ');
    const recipient = Array.from({ length: 30 }, (_, at) => `Ñ${((at * 104_729) % 9_973).toString(36)}`).join(' ');
    const text = await write({ name, recipient: recipient + LONG_NAME.slice(0, 60) });
    const read = openAttestation(text).statement;
    expect(text.length).toBeLessThanOrEqual(LIMITS.attestationChars);
    expect(read.name).toMatch(/^Módule0 Módule\d+ .*…$/);
    expect(read.recipient).toBe(recipient + LONG_NAME.slice(0, 60));
  });

  it('is refused where even that does not fit', async () => {
    const achievement = `https://badges.example.ph/achievements/${Array.from({ length: 300 }, (_, at) => ((at * 7_919 + 13) % 36).toString(36)).join('')}${Buffer.from(statement().sha256.repeat(4)).toString('base64url').slice(0, 300)}`;
    const random = Array.from({ length: 200 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7_919) % 20_000))).join(
      '',
    );
    await expect(write({ achievement, recipient: random })).rejects.toMatchObject({
      kind: 'conflict',
      extensions: { code: 'attestation_too_long' },
    });
  });
});

describe('nothing else is read', () => {
  const hex = (text: string) => Buffer.from(text, 'hex');
  const claims = (cwt: Uint8Array) => isoCBOR.decodeFirst<Uint8Array[]>(new Uint8Array(cwt.subarray(3)));
  /** The parts as their bytes, put together again by hand, signed or not: these are refused before any key is asked. */
  const made = (
    header: Uint8Array,
    unprotected: Uint8Array,
    payload: Uint8Array,
    signature: Uint8Array,
    tags = 'd83dd284',
  ) => Buffer.concat([hex(tags), bstr(header), unprotected, bstr(payload), bstr(signature)]);
  const bstr = (value: Uint8Array) =>
    Buffer.concat([
      value.length < 24
        ? Buffer.of(0x40 + value.length)
        : value.length < 256
          ? Buffer.of(0x58, value.length)
          : Buffer.of(0x59, value.length >> 8, value.length & 255),
      value,
    ]);
  const kid = Buffer.concat([hex('044f'), Buffer.from(KID)]);

  it.each<[string, (parts: { header: Buffer; payload: Buffer; signature: Buffer; cwt: Buffer }) => Uint8Array]>([
    [
      'another algorithm',
      ({ payload, signature }) => made(Buffer.concat([hex('a20126'), kid]), hex('a0'), payload, signature),
    ],
    ['no algorithm', ({ payload, signature }) => made(Buffer.concat([hex('a1'), kid]), hex('a0'), payload, signature)],
    [
      'an algorithm that is not protected',
      ({ payload, signature }) => made(Buffer.concat([hex('a1'), kid]), hex('a10127'), payload, signature),
    ],
    ['no kid', ({ payload, signature }) => made(hex('a10127'), hex('a0'), payload, signature)],
    [
      'a kid that is not protected',
      ({ payload, signature }) => made(hex('a10127'), Buffer.concat([hex('a1'), kid]), payload, signature),
    ],
    [
      'a critical header',
      ({ payload, signature }) => made(Buffer.concat([hex('a301270281182a'), kid]), hex('a0'), payload, signature),
    ],
    [
      'an unknown header',
      ({ payload, signature }) => made(Buffer.concat([hex('a3012703182a'), kid]), hex('a0'), payload, signature),
    ],
    [
      'a header with a key twice',
      ({ payload, signature }) => made(Buffer.concat([hex('a301270127'), kid]), hex('a0'), payload, signature),
    ],
    [
      'a header out of order',
      ({ payload, signature }) => made(Buffer.concat([hex('a2'), kid, hex('0127')]), hex('a0'), payload, signature),
    ],
    ['an empty header', ({ payload, signature }) => made(hex(''), hex('a0'), payload, signature)],
    [
      'a number longer than it need be',
      ({ payload, signature }) => made(Buffer.concat([hex('a2013807'), kid]), hex('a0'), payload, signature),
    ],
    [
      'an indefinite map',
      ({ payload, signature }) => made(Buffer.concat([hex('bf0127'), kid, hex('ff')]), hex('a0'), payload, signature),
    ],
    [
      'claims with one twice',
      ({ header, payload, signature }) =>
        made(header, hex('a0'), Buffer.concat([hex('a5'), payload.subarray(1), hex('0601')]), signature),
    ],
    [
      'claims with an unknown one',
      ({ header, payload, signature }) =>
        made(
          header,
          hex('a0'),
          Buffer.concat([hex('a5'), payload.subarray(1, 1), hex('0061'), Buffer.from('x'), payload.subarray(1)]),
          signature,
        ),
    ],
    ['claims that are no map', ({ header, signature }) => made(header, hex('a0'), hex('80'), signature)],
    [
      'a claim that is a float',
      ({ header, signature }) => made(header, hex('a0'), hex('a106fb41d0000000000000'), signature),
    ],
    [
      'more behind the claims',
      ({ header, payload, signature }) => made(header, hex('a0'), Buffer.concat([payload, hex('00')]), signature),
    ],
    ['more behind the message', ({ cwt }) => Buffer.concat([cwt, hex('00')])],
    [
      'a signature that is too short',
      ({ header, payload, signature }) => made(header, hex('a0'), payload, signature.subarray(1)),
    ],
    ['no signature', ({ header, payload }) => made(header, hex('a0'), payload, hex(''))],
    ['no tags', ({ cwt }) => cwt.subarray(3)],
    ['the tag of COSE alone', ({ cwt }) => cwt.subarray(2)],
    ['COSE_Sign, with many signatures', ({ cwt }) => Buffer.concat([hex('d83dd862'), cwt.subarray(3)])],
    ['five parts', ({ cwt }) => Buffer.concat([hex('d83dd285'), cwt.subarray(4), hex('00')])],
    ['nothing', () => hex('')],
    ['deep lists', () => Buffer.concat([hex('d83dd2'), Buffer.alloc(2_000, 0x81), hex('00')])],
  ])('%s', async (_, of) => {
    const cwt = Buffer.from(cwtOf(await write()));
    const [header, , payload, signature] = claims(cwt).map((part) =>
      part instanceof Uint8Array ? Buffer.from(part) : part,
    ) as Buffer[];
    expect(await fate(textOf(made(header!, hex('a0'), payload!, signature!)))).toBe('valid');
    expect(await fate(textOf(of({ header: header!, payload: payload!, signature: signature!, cwt })))).toBe('refused');
  });

  it.each<[string, (text: string) => string]>([
    ['small letters', (text) => `TATAK1:${text.slice(7).toLowerCase()}`],
    [
      'a length that base45 does not have',
      (text) => `${text}0`.slice(0, text.length + ((3 - ((text.length - 7) % 3) + 1) % 3)),
    ],
    ['a value that base45 does not have', (text) => `TATAK1::::${text.slice(10)}`],
    ['a line break inside', (text) => `${text.slice(0, 50)}\n${text.slice(50)}`],
    ['bytes that are not packed', () => `TATAK1:${toBase45(Buffer.alloc(60, 1))}`],
    [
      'something behind the packed bytes',
      (text) => `TATAK1:${toBase45(Buffer.concat([fromBase45(text.slice(7)), Buffer.alloc(2)]))}`,
    ],
    ['packed bytes that stop early', (text) => `TATAK1:${toBase45(fromBase45(text.slice(7)).subarray(0, -2))}`],
    [
      'eight hundred characters that unpack to far more',
      () => `TATAK1:${toBase45(deflateSync(Buffer.alloc(400_000), { level: 9 }))}`,
    ],
    ['more than 900 characters', (text) => text + '000'.repeat(200)],
    ['another version', (text) => text.replace('TATAK1', 'TATAK2')],
  ])('%s', async (_, of) => {
    expect(await fate(of(await write()))).toBe('refused');
  });

  it.each<[string, object]>([
    ['an issuer that is not did:web', { issuer: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' }],
    ['an address that is none', { badge: 'javascript:alert(1)' }],
    ['a day that does not exist', { awarded: '2026-02-30' }],
    ['a name that turns the text around', { recipient: 'Juan \u202e zurC aled' }],
    ['a name with a line break', { name: 'Module\nSigned by somebody else' }],
    ['a digest that is too short', { sha256: 'abcd' }],
  ])('a good signature of %s', async (_, members) => {
    expect(await fate(await write(members))).toBe('refused');
  });
});

describe('base45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('of %s is that of RFC 9285, 4.3', (bytes, text) => {
    expect(toBase45(Buffer.from(bytes))).toBe(text);
    expect(Buffer.from(fromBase45(text)).toString()).toBe(bytes);
  });
});
