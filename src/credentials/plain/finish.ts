import type { SigningParty } from '#institutions';
import { fieldProblem, formatInstant, isObject, type JsonObject, Problem, parseStrictJson, sha256Hex } from '#kernel';
import { type Latch, stop, stopIfWrong } from '../latch.ts';
import { lintPlain } from '../lint.ts';
import type { PlainDeps } from './deps.ts';
import { plainErrors } from './draw-up.ts';
import { readInstance } from './instances.ts';
import type { PlainCredentialRecord } from './ports.ts';
import { isWhatWasLinted, securePlain } from './secure.ts';

/**
 * From a prepared row to a stored signature: lint, sign, check, store. Also finishes what a crash left behind.
 * @throws Problem `signing-stopped` (and stops the key) when a signature does not pass its own check
 */
export async function finishPlain(
  deps: PlainDeps,
  latch: Latch,
  row: PlainCredentialRecord,
  signing: SigningParty,
  actor: string,
): Promise<PlainCredentialRecord> {
  if (row.keyId !== signing.keyId) throw new Error('signing with another key than the intent names');
  await latch.assertMaySign();
  const { tenant, credentialId } = row;
  const issuing = { contexts: deps.contexts, now: new Date(row.proofCreated) };
  const errorsOf = (document: JsonObject) => plainErrors(document, issuing);
  const token = lintPlain(row.unsigned, { tenant, issuer: signing.did, errorsOf });

  await deps.onStep?.('sign');
  const { proofs, tokens, throwaway } = deps;
  const by = { proofs, tokens, throwaway, signing, instance: readInstance(row.instance) };
  const signed = JSON.stringify(
    await securePlain(token, row, by).catch((error: unknown) => stopIfWrong(deps, row, error)),
  );

  await deps.onStep?.('check');
  await check(deps, row, signed, signing.did);

  await deps.onStep?.('store');
  const [issuedAt, sha256] = [formatInstant(deps.clock.now()), sha256Hex(signed)];
  await deps.transactor.commit([
    { op: 'plain.issue', tenant, credentialId, signed, sha256, issuedAt },
    {
      ...{ op: 'audit.append', at: issuedAt, tenant, actor, operation: 'plainCredential.issue' },
      ...{ object: credentialId, objectSha256: sha256, detail: { key: row.keyId, instance: row.instance } },
    },
  ]);
  return { ...row, phase: 'issued', signed, sha256, issuedAt };
}

/** What our signature is not to blame for: it is not released, and signing goes on. */
const OF_THE_CALLER: Readonly<Record<string, [pointer: string, detail: string]>> = {
  previous_proof_invalid: ['/credential/proof', 'a proof that the chain would build on does not hold'],
  previous_proof_unknown: ['/credential/proof', 'a proof that the chain would build on cannot be verified'],
  previous_proof_missing: ['/credential/proof', 'a proof that the chain would build on is not there'],
  previous_proof_loop: ['/credential/proof', 'the proofs that the chain would build on point at each other'],
  previous_proof_ambiguous: ['/credential/proof', 'two of the proofs that the chain would build on have one id'],
  work_limit: ['/credential', 'is too large or too entangled to be verified'],
};

/** What is about to be answered, read as a stranger would read it; ours is the last proof, and it alone is judged. */
async function check(deps: PlainDeps, row: PlainCredentialRecord, signed: string, did: string) {
  const released = parseStrictJson(signed);
  if (!isObject(released) || !isWhatWasLinted(released, row.unsigned)) {
    return stop(deps, row, 'the signed text is not the text that was linted');
  }
  const report = await deps.checkSigned(signed, did);
  const ours = report.proofs.at(-1) ?? report;
  const theirs = Object.hasOwn(OF_THE_CALLER, ours.code) ? OF_THE_CALLER[ours.code] : undefined;
  if (theirs) throw fieldProblem('lint-failed', ...theirs, ours.code);
  if (ours.outcome === 'unknown') {
    throw new Problem('unavailable', `the signed credential could not be checked (${ours.code})`);
  }
  if (ours.outcome !== 'pass') await stop(deps, row, `a signature did not pass its own check (${ours.code})`);
}
