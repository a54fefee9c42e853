import { generateKeyPairSync, sign } from 'node:crypto';
import { decode, encode } from 'base58-universal';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { canonicalize, createProofChecker } from '#proofs';
import type { Cbor } from '../../src/proofs/ecdsa-sd-2023/cbor.ts';
import { readDerivedProof } from '../../src/proofs/ecdsa-sd-2023/derived-proof.ts';
import { ISSUER, resolverOf } from '../support/golden-badge.ts';
import { keyOf } from './keys.ts';
import { loader } from './made.ts';
import { derived, key, proof } from './sd-made.ts';
import { partsOf, proofValueOf, raw } from './sd-value.ts';

const checker = createProofChecker({ loader });
afterAll(() => checker.close());

const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const verify = (document: JsonObject) => checker.verify(document, expected, resolverOf(key.method));

describe('forged proof values', () => {
  const parts = partsOf(proof);
  const [signature, statementKey, signatures, labels, indexes] = parts as [
    Uint8Array,
    Uint8Array,
    Uint8Array[],
    Map<number, Uint8Array>,
    number[],
  ];
  const outcome = async (value: Json) => verify({ ...derived, proof: { ...proof, proofValue: value } });
  const edited = (at: number, value: Cbor): string =>
    proofValueOf(parts.map((one, index) => (index === at ? value : one)));

  it.each<[string, () => string]>([
    ['a part missing', () => proofValueOf(parts.slice(0, 4))],
    ['a part more', () => proofValueOf([...parts, 1])],
    ['no list', () => proofValueOf(new Map())],
    ['a short base signature', () => edited(0, signature.subarray(1))],
    ['a long base signature', () => edited(0, Buffer.concat([signature, Buffer.of(0)]))],
    ['a key of another length', () => edited(1, statementKey.subarray(0, 34))],
    ['a key off its curve', () => edited(1, Buffer.concat([statementKey.subarray(0, 3), Buffer.alloc(32, 255)]))],
    ['a key of another kind', () => edited(1, Buffer.from(decode(keyOf('P-384').method.publicKeyMultibase.slice(1))))],
    ['a short statement signature', () => edited(2, [signatures[0]!.subarray(1), ...signatures.slice(1)])],
    ['signatures that are no list', () => edited(2, 5)],
    ['labels that are no map', () => edited(3, [])],
    ['labels with a gap', () => edited(3, new Map([...labels].map(([at, one]) => [at + 1, one])))],
    ['a short label', () => edited(3, new Map([...labels].map(([at, one]) => [at, one.subarray(1)])))],
    ['one label for two nodes', () => edited(3, new Map([...labels].map(([at]) => [at, labels.get(0)!])))],
    ['positions that are no list', () => edited(4, 1)],
    ['a position that is no number', () => edited(4, [Buffer.of(1)])],
    ['a position twice', () => edited(4, [...indexes, indexes[0]!])],
  ])('%s: malformed', async (_name, value) => {
    expect(await outcome(value())).toMatchObject({ outcome: 'fail', code: 'proof_value_malformed' });
  });

  it.each<[string, () => string]>([
    ['no label', () => edited(3, new Map())],
    ['a label more', () => edited(3, new Map([...labels, [labels.size, Buffer.alloc(32, 9)]]))],
    ['labels exchanged', () => edited(3, new Map([...labels].map(([at]) => [at, labels.get(labels.size - 1 - at)!])))],
    ['a label changed', () => edited(3, new Map([...labels].map(([at, one]) => [at, at ? one : Buffer.alloc(32, 1)])))],
    ['a position out of range', () => edited(4, [...indexes, 900])],
    ['a position far out of range', () => edited(4, [...indexes.slice(1), 4_294_967_295 >>> 16])],
    ['a mandatory statement called optional', () => edited(4, indexes.slice(1))],
    [
      'an optional statement called mandatory',
      () => edited(4, [...indexes, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((at) => !indexes.includes(at)) ?? 99]),
    ],
    [
      'all statements mandatory',
      () =>
        edited(
          4,
          Array.from({ length: indexes.length + signatures.length }, (_, at) => at),
        ),
    ],
    ['no position', () => edited(4, [])],
    ['a signature less', () => edited(2, signatures.slice(1))],
    ['a signature more', () => edited(2, [...signatures, signatures[0]!])],
    ['signatures in another order', () => edited(2, [...signatures].reverse())],
    ['a base signature of nothing', () => edited(0, Buffer.alloc(64))],
    ['the signature of a statement as base signature', () => edited(0, signatures[0]!)],
  ])('%s: the signature does not hold', async (_name, value) => {
    expect(await outcome(value())).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
  });

  it('statements signed again by a key of one’s own: the issuer did not sign that key', async () => {
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ownBytes = Buffer.from(decode(publicKeyOf(own.publicKey).multibase.slice(1)));
    const { proof: _, ...document }: JsonObject = { ...derived, name: 'Forged' };
    const read = readDerivedProof(proof.proofValue);
    if ('outcome' in read) throw new Error(read.code);
    const lines = (await canonicalize(loader, document as JsonObject))
      .split('\n')
      .slice(0, -1)
      .map((line) => `${line.replace(/_:c14n(\d+)/g, (_all, at: string) => `_:${read.labels[Number(at)]}`)}\n`)
      .sort();
    const again = lines
      .filter((_line, at) => !indexes.includes(at))
      .map((line) => sign('sha256', Buffer.from(line), { key: own.privateKey, dsaEncoding: 'ieee-p1363' }));
    const forgedParts = [signature, ownBytes, again, labels, indexes];
    expect(
      await verify({ ...document, proof: { ...proof, proofValue: proofValueOf(forgedParts) } } as JsonObject),
    ).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
    expect(encode(statementKey)).not.toBe(encode(ownBytes));
  });

  it('CBOR with tags, other lengths, other forms, or more behind is not read', async () => {
    const plain = Buffer.from(String(proof.proofValue).slice(1), 'base64url');
    const body = plain.subarray(3);
    const header = Buffer.from('d95d01', 'hex');
    const withBody = (bytes: Uint8Array): string => raw(Buffer.concat([header, bytes]));
    const tagged = Buffer.concat([Buffer.of(0x85, 0xd8, 0x40), body.subarray(1)]);
    const bad: [string, Json][] = [
      ['a tagged part', withBody(tagged)],
      ['a tagged whole', withBody(Buffer.concat([Buffer.of(0xd8, 0x40), body]))],
      ['more behind', withBody(Buffer.concat([body, Buffer.of(0)]))],
      ['cut', withBody(body.subarray(0, -1))],
      ['a list of open length', withBody(Buffer.concat([Buffer.of(0x9f), body.subarray(1), Buffer.of(0xff)]))],
      ['not the shortest form', withBody(Buffer.concat([Buffer.of(0x98, 5), body.subarray(1)]))],
      ['a list said to be huge', withBody(Buffer.from('9affffffff', 'hex'))],
      ['bytes said to be huge', withBody(Buffer.from('855affffffff', 'hex'))],
      ['a length of 64 bits', withBody(Buffer.from('9b00000000ffffffff', 'hex'))],
      ['lists in lists', withBody(Buffer.alloc(100_000, 0x81))],
      ['maps in maps', withBody(Buffer.alloc(100_000, 0xa1))],
      ['a text', withBody(Buffer.from('8563616263', 'hex'))],
      ['a float', withBody(Buffer.from('85fb3ff0000000000000', 'hex'))],
      ['a negative position', edited(4, [...indexes]).slice(0, -1)],
      ['null', withBody(Buffer.from('85f6f6f6f6f6', 'hex'))],
      ['a key twice', withBody(Buffer.concat([Buffer.of(0xa2, 0, 0, 0, 0)]))],
      ['nothing', raw(header)],
      ['another header', raw(Buffer.concat([Buffer.from('d95d02', 'hex'), body]))],
      ['half a header', raw(Buffer.of(0xd9))],
      ['base58', `z${encode(plain)}`],
      ['padding', `${String(proof.proofValue)}=`],
      ['standard base64', `u${plain.toString('base64')}+/`],
      ['spare bits', spareBits(String(proof.proofValue))],
      ['upper case prefix', `U${String(proof.proofValue).slice(1)}`],
      ['a number', 5],
      ['none', null],
    ];
    const start = performance.now();
    for (const [name, value] of bad) {
      const report = await outcome(value);
      expect(report.outcome, name).toBe('fail');
      if (value !== null && typeof value === 'string') expect(report.code, name).toBe('proof_value_malformed');
    }
    console.log(`${bad.length} malformed proof values refused in ${(performance.now() - start).toFixed(0)} ms`);
  });

  it('any one byte of a proof value changed: never a pass, and never an error', async () => {
    const bytes = Buffer.from(String(proof.proofValue).slice(1), 'base64url');
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 0x41;
      const report = await outcome(raw(changed));
      expect(report.outcome, `byte ${at}`).not.toBe('pass');
      refused++;
    }
    console.log(`${refused} proof values with one byte changed refused`);
  });
});

/** The same bytes in another text: the last letter carries bits that belong to no byte. */
function spareBits(value: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = Buffer.from(value.slice(1), 'base64url');
  for (const letter of alphabet) {
    const other = `${value.slice(0, -1)}${letter}`;
    if (other !== value && Buffer.from(other.slice(1), 'base64url').equals(bytes)) return other;
  }
  return `${value}A`;
}
