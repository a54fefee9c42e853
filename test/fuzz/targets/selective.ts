import jsonld from 'jsonld';
import type { Json, JsonObject } from '#kernel';
import { createProofChecker } from '#proofs';
import { type Cbor, readCbor } from '../../../src/proofs/ecdsa-sd-2023/cbor.ts';
import { readDerivedProof } from '../../../src/proofs/ecdsa-sd-2023/derived-proof.ts';
import { keyOf } from '../../proofs/keys.ts';
import { badgeFor, loader, maker } from '../../proofs/made.ts';
import { cbor, partsOf, proofValueOf } from '../../proofs/sd-value.ts';
import { CREATED, ISSUER, resolverOf } from '../../support/golden-badge.ts';
import { mutate } from '../mutate.ts';
import { mutateJson } from '../mutate-json.ts';
import type { Random } from '../random.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const key = keyOf('P-256');
const checker = createProofChecker({ loader });
const base = await maker.sign(badgeFor('ecdsa-sd-2023'), key.signer, CREATED, {
  cryptosuite: 'ecdsa-sd-2023',
  mandatoryPointers: ['/credentialSubject/achievement/name'],
});
const shown = await Promise.all(
  [['/name'], ['/evidence', '/awardedDate'], ['/credentialSubject']].map((selectivePointers) =>
    maker.deriveCredential(base, { selectivePointers }),
  ),
);
const proofOf = (document: JsonObject) => document.proof as JsonObject;
const values = shown.map((document) => partsOf(proofOf(document)));

/** CBOR of proofs: what is read has one spelling, and a count reserves nothing that is not there. */
export const cborTarget: Target = {
  name: 'cbor',
  seeds: [
    ...values.map((parts) => cbor(parts)),
    cbor([new Uint8Array(2), [1, 23, 24, 255, 256, 65_535, 65_536], new Map<number, Cbor>([[0, new Uint8Array(1)]])]),
    Buffer.from('9affffffff', 'hex'),
    Buffer.from('bb7fffffffffffffff', 'hex'),
  ],
  run(input) {
    const read = accepted(
      () => readCbor(input),
      (error) => error instanceof RangeError && error.message.startsWith('CBOR'),
    );
    if (read) must(cbor(read.value).equals(Buffer.from(input)), 'there is another spelling of it');
    // The same bytes as a whole proof value: a finding or parts, whatever they are.
    const text = `u${Buffer.concat([Buffer.from('d95d01', 'hex'), input]).toString('base64url')}`;
    const proof = readDerivedProof(text);
    if ('outcome' in proof) return must(['fail', 'unknown'].includes(proof.outcome), 'passed by its form');
    must(new Set(proof.labels).size === proof.labels.length, 'one label for two nodes');
    must(read !== undefined && proofValueOf(read.value) === text, 'a proof with another spelling');
  },
};

/** Of everything but the proof: what is shown. */
async function formOf({ proof: _, ...document }: JsonObject): Promise<string> {
  const { documentLoader } = loader;
  return jsonld.canonize(document, { algorithm: 'RDFC-1.0', documentLoader, base: null, safe: true });
}
const forms = new Set(await Promise.all(shown.map(formOf)));

/** One part of the proof changed, and written again so that it is read. */
function changeProof(document: JsonObject, random: Random): JsonObject {
  const parts = partsOf(proofOf(document));
  const [signature, , signatures, labels, indexes] = parts as [
    Uint8Array,
    Uint8Array,
    Cbor[],
    Map<number, Cbor>,
    Cbor[],
  ];
  const place = (list: readonly unknown[]) => random.int(Math.max(1, list.length));
  const other = random.pick(values);
  switch (random.int(7)) {
    case 0:
      parts[random.int(5)] = other[random.int(5)]!;
      break;
    case 1:
      signatures.splice(place(signatures), 1);
      break;
    case 2:
      signatures.splice(place(signatures), 0, random.pick(other[2] as Cbor[]));
      break;
    case 3:
      indexes[place(indexes)] = random.int(64);
      break;
    case 4:
      labels.set(random.int(labels.size + 1), random.pick([...(other[3] as Map<number, Cbor>).values()]));
      break;
    case 5:
      indexes.splice(place(indexes), random.int(2), random.int(64));
      break;
    default:
      parts[0] = mutate(signature, random, signature, []);
  }
  return { ...document, proof: { ...proofOf(document), proofValue: proofValueOf(parts) } };
}

/** What a holder may make of a derived credential: nothing that was not derived holds. */
export const selective: Target = {
  name: 'selective',
  seeds: [base, ...shown].map((document) => utf8(JSON.stringify(document))),
  dictionary: ['"id"', '"type"', '"proofValue"', 'null', '[]', '{}', '"_:b0"', '"urn:bnid:b0"', '"_:c14n0"'],
  ciInputs: 120,
  shape(input, random) {
    try {
      const document = JSON.parse(textOf(input)) as JsonObject;
      return utf8(
        JSON.stringify(random.once(3) ? changeProof(document, random) : mutateJson(document as Json, random)),
      );
    } catch {
      return input;
    }
  },
  async run(input) {
    let document: JsonObject;
    try {
      document = JSON.parse(textOf(input)) as JsonObject;
    } catch {
      return;
    }
    if (typeof document !== 'object' || document === null || Array.isArray(document)) return;
    const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
    const report = await checker.verify(document, expected, resolverOf(key.method));
    must(['pass', 'fail', 'unknown'].includes(report.outcome), 'an outcome that nobody knows');
    if (report.outcome === 'pass') must(forms.has(await formOf(document)), 'passed for what nobody derived');
  },
};
