import { deflateSync, inflateSync } from 'node:zlib';
import { encode } from 'cborg';
import { Problem } from '#kernel';
import { type CborMap, checkCwt } from '#proofs';
import { claimsOf } from '../../../src/attestations/claims.ts';
import { openAttestation, writeAttestation } from '../../../src/attestations/text.ts';
import { fromBase45, toBase45 } from '../../../src/documents/qr/base45.ts';
import { statement } from '../../attestations/samples.ts';
import { testKey } from '../../support/golden-badge.ts';
import { mutate } from '../mutate.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const { signer, method } = testKey(7);
const MADE = [
  statement(),
  statement({ recipient: 'Juan dela Cruz', validUntil: '2030-01-01T00:00:00Z' }),
  statement({ status: 'revoked', specimen: false }),
];
const texts = await Promise.all(MADE.map((one) => writeAttestation(one, 'key-1-assertion', signer)));
const hex = (claims: CborMap) => Buffer.from(encode(claims)).toString('hex');
const signed = new Set(MADE.map((one) => hex(claimsOf(one))));
const cwts = texts.map((text) => inflateSync(fromBase45(text.slice(7))));
const packed = (cwt: Uint8Array) => utf8(`TATAK1:${toBase45(deflateSync(cwt))}`);

export const attestation: Target = {
  name: 'attestation',
  seeds: [...texts.map(utf8), packed(Buffer.alloc(0)), packed(Buffer.alloc(1_000, 0x81))],
  dictionary: ['TATAK1:', 'TATAK2:', ' ', ':::', '000', '\n'],
  shape(input, random) {
    try {
      const cwt = inflateSync(fromBase45(textOf(input).slice(7)), { maxOutputLength: 64 * 1024 });
      return packed(mutate(cwt, random, cwts[1]!, []));
    } catch {
      return packed(mutate(cwts[0]!, random, cwts[2]!, []));
    }
  },
  async run(input) {
    const isRefusal = (error: unknown) => error instanceof Problem && error.extensions.code === 'attestation';
    const read = accepted(() => openAttestation(textOf(input)), isRefusal);
    if (!read) return;
    const { statement: stated, cwt } = read.value;
    const claims = hex(cwt.claims);
    must(hex(claimsOf(stated)) === claims, 'a statement with two spellings');
    const at = { issuer: stated.issuer, issuedAt: new Date(stated.asOf) };
    const found = await checkCwt(cwt, at, async () => ({ outcome: 'ok', method, document: {} }));
    if (found.outcome === 'pass') must(signed.has(claims), 'holds and was never signed');
  },
};
