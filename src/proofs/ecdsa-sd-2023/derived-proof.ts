import { encode } from 'base58-universal';
import { strictBase64url } from '#kernel';
import { type PublicKey, readPublicKey } from '#keystore';
import { type Finding, fail, unknown } from '../finding.ts';
import { type Cbor, readCbor } from './cbor.ts';

/** The parts of a derived proof (VC-DI-ECDSA 3.5.7). */
export interface DerivedProof {
  /** By the issuer, over everything below that is his to say. */
  baseSignature: Uint8Array;
  /** Made for this credential alone; signed each statement that may be hidden. */
  statementKey: PublicKey;
  statementKeyBytes: Uint8Array;
  signatures: Uint8Array[];
  /** Canonical blank node labels, in their order, to the labels that were signed. */
  labels: string[];
  /** Positions of the statements that every derived credential shows. */
  mandatory: ReadonlySet<number>;
}

const BASE = Buffer.from('d95d00', 'hex');
const DERIVED = Buffer.from('d95d01', 'hex');
const HEADER_BYTES = 3;

/** Reads a proof value strictly: one spelling, no tags, every part of its length, no label or position twice. */
export function readDerivedProof(proofValue: unknown): DerivedProof | Finding {
  const malformed = (detail: string): Finding => fail('proof_value_malformed', detail);
  if (typeof proofValue !== 'string' || !/^u[A-Za-z0-9_-]+$/.test(proofValue)) {
    return malformed('proofValue must be "u" and base64url without padding');
  }
  const bytes = strictBase64url(proofValue.slice(1));
  if (!bytes) return malformed('proofValue has another spelling');
  const header = bytes.subarray(0, HEADER_BYTES);
  if (header.equals(BASE)) {
    // It holds the key that hides labels: for the holder, who derives from it. Nothing is wrong with the credential.
    return unknown('base_proof', 'this is the base proof the holder keeps; show a credential derived from it');
  }
  if (!header.equals(DERIVED)) return malformed('proofValue is neither a base nor a derived proof');
  try {
    return partsOf(readCbor(bytes.subarray(HEADER_BYTES)));
  } catch (error) {
    return malformed(error instanceof Error ? error.message : 'not readable');
  }
}

/** @throws RangeError, WeakKeyError */
function partsOf(value: Cbor): DerivedProof {
  if (!Array.isArray(value) || value.length !== 5) throw new RangeError('a derived proof has five parts');
  const [baseSignature, keyBytes, signatures, labelMap, indexes] = value;
  const isBytes = (one: Cbor | undefined, length: number): one is Uint8Array =>
    one instanceof Uint8Array && one.length === length;
  const [label, position] = [32, 'number'] as const;
  if (!isBytes(baseSignature, 64)) throw new RangeError('the base signature must have 64 bytes');
  if (!isBytes(keyBytes, 35)) throw new RangeError('the key must have 35 bytes');
  if (!Array.isArray(signatures) || !signatures.every((one) => isBytes(one, 64))) {
    throw new RangeError('every signature must have 64 bytes');
  }
  if (!(labelMap instanceof Map)) throw new RangeError('labels must be a map');
  const labels: string[] = [];
  for (let index = 0; index < labelMap.size; index++) {
    const one = labelMap.get(index);
    if (!isBytes(one, label)) throw new RangeError('labels must be numbered without gaps, of 32 bytes each');
    labels.push(`u${Buffer.from(one).toString('base64url')}`);
  }
  // Two nodes under one label would share statements that were signed about one of them.
  if (new Set(labels).size !== labels.length) throw new RangeError('one label for two nodes');
  if (!Array.isArray(indexes) || !indexes.every((one): one is number => typeof one === position)) {
    throw new RangeError('mandatory positions must be numbers');
  }
  if (new Set(indexes).size !== indexes.length) throw new RangeError('one mandatory position twice');
  const statementKey = readPublicKey(`z${encode(keyBytes)}`);
  if (statementKey.algorithm !== 'P-256') throw new RangeError('the key must be a P-256 key');
  return {
    baseSignature,
    statementKey,
    statementKeyBytes: keyBytes,
    signatures: signatures as Uint8Array[],
    labels,
    mandatory: new Set(indexes),
  };
}
