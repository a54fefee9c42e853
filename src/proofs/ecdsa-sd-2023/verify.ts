import { createHash } from 'node:crypto';
import { LIMITS } from '#kernel';
import { type PublicKey, verifySignature } from '#keystore';
import { type Finding, fail, pass, unknown } from '../finding.ts';
import type { DerivedProof } from './derived-proof.ts';

/** What is shown, told apart as the issuer did. */
interface Statements {
  mandatory: string[];
  others: string[];
}

/**
 * Verifies a derived proof over what is shown and nothing else (VC-DI-ECDSA 3.6.7). The issuer's own signature comes
 * first: without it no statement is looked at, so that a stranger cannot make work.
 * @param configuration,document canonical N-Quads
 */
export function verifyDerived(
  derived: DerivedProof,
  key: PublicKey,
  configuration: string,
  document: string,
  by: string,
): Finding {
  const statements = statementsOf(derived, document);
  if ('outcome' in statements) return statements;
  const data = Buffer.concat([sha256(configuration), derived.statementKeyBytes, sha256(statements.mandatory.join(''))]);
  const changed = fail('signature_invalid', 'the document or the proof was changed, or another key signed');
  if (!verifySignature(key, data, derived.baseSignature)) return changed;
  return statementsHold(derived, statements) ? pass(`signed by ${by}`) : changed;
}

/** The statements of a canonical form under the labels that were signed, sorted anew; or why they do not fit the proof. */
export function statementsOf(derived: DerivedProof, document: string): Statements | Finding {
  const lines = document.split('\n').slice(0, -1);
  if (lines.length > LIMITS.sdStatements) return unknown('work_limit', `more than ${LIMITS.sdStatements} statements`);
  const used = new Set<number>();
  const relabelled = lines.map((line) =>
    // Literals and IRIs are passed over: text that looks like a label is not one.
    line.replace(/"(?:[^"\\]|\\.)*"|<[^>]*>|_:c14n(\d+)/g, (whole: string, number?: string) => {
      if (number === undefined) return whole;
      used.add(Number(number));
      return `_:${derived.labels[Number(number)] ?? ''}`;
    }),
  );
  if (used.size !== derived.labels.length || [...used].some((number) => derived.labels[number] === undefined)) {
    return fail('signature_invalid', 'the labels of the proof are not those of the document');
  }
  const [mandatory, others]: [string[], string[]] = [[], []];
  for (const [index, line] of relabelled
    .map((one) => `${one}\n`)
    .sort()
    .entries()) {
    (derived.mandatory.has(index) ? mandatory : others).push(line);
  }
  if (mandatory.length !== derived.mandatory.size) {
    return fail('signature_invalid', 'the proof points at statements that are not there');
  }
  if (others.length !== derived.signatures.length) {
    return fail('signature_invalid', 'the proof has not one signature for each statement');
  }
  return { mandatory, others };
}

/** Every statement that could have been hidden has its own signature. */
export function statementsHold({ statementKey, signatures }: DerivedProof, { others }: Statements): boolean {
  return others.every((line, index) => verifySignature(statementKey, Buffer.from(line), signatures[index]!));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
