import { type CredentialReader, type CredentialRecord, readCredential, signedName } from '#credentials';
import type { SigningAuthority } from '#institutions';
import { type Clock, dayIn, formatInstant, type JsonObject, LIMITS, Problem, parseDateTimeStamp } from '#kernel';
import type { Statement } from './model.ts';
import { writeAttestation } from './text.ts';

export interface AttestationDeps {
  reader: Pick<CredentialReader, 'credential'>;
  authority: SigningAuthority;
  clock: Clock;
  publicUrl: string;
  /** Deployment whose badges are all fictitious. */
  specimen: boolean;
}

export interface Attestations {
  /**
   * The text for the printed code of a badge, with its status as of now or of at most five minutes ago; a change of status is
   * in it at once. A derived form, signed with the key for assertions: it is stored nowhere and logged as little as a status list is.
   * @throws Problem `not-found` for what is not issued; `conflict` (codes `attestation_too_long`, `other_issuer`); as `forTenant`
   */
  text(credentialId: string): Promise<string>;
}

/** Most are asked for once, when a certificate is printed. */
const KEPT = 500;

export function createAttestations(deps: AttestationDeps): Attestations {
  const { reader, authority, clock } = deps;
  const made = new Map<string, { text: string; at: number; keyId: string; state: string }>();

  return {
    async text(credentialId) {
      // 1. What is not issued has no status to speak of.
      const row = await reader.credential(credentialId);
      if (row?.phase !== 'issued') throw new Problem('not-found', 'there is no such credential');
      if (row.signed === undefined) throw new Problem('gone', 'the learner of this badge had it erased here');
      // 2. The key that signs badges of this institution now.
      const { institution, did, keyId, signer } = await authority.forTenant(row.tenant, 'assertion');
      const now = clock.now();
      const known = made.get(credentialId);
      const age = known ? now.getTime() - known.at : -1;
      const same = known?.state === row.state && known.keyId === keyId;
      if (known && same && age >= 0 && age < LIMITS.attestationMs) return known.text;
      // 3. Everything it states is signed into the badge, or is its status.
      const statement = stated(row, formatInstant(now), institution.profile.timeZone, deps);
      // After a move to another domain the badge is still that of the old name, and the keys are listed under the new one.
      if (statement.issuer !== did) {
        const extensions = { code: 'other_issuer' };
        throw new Problem('conflict', `the badge was issued as ${statement.issuer}`, { extensions });
      }
      const text = await writeAttestation(statement, keyId, signer);
      if (made.size >= KEPT) made.delete(made.keys().next().value!);
      made.set(credentialId, { text, at: now.getTime(), keyId, state: row.state });
      return text;
    },
  };
}

function stated(
  row: CredentialRecord,
  asOf: string,
  timeZone: string | undefined,
  { publicUrl, specimen }: AttestationDeps,
): Statement {
  const model = readCredential(JSON.parse(row.signed!) as JsonObject);
  if (!model || row.sha256 === undefined) throw new Error(`the stored credential ${row.credentialId} cannot be read`);
  const { achievement } = model;
  const recipient = signedName(model);
  const until = parseDateTimeStamp(model.validUntil);
  const awarded = new Date(model.awardedDate ?? model.validFrom ?? row.awardedDate);
  return {
    issuer: model.issuer.id,
    badge: `${publicUrl}/credentials/${row.credentialId}`,
    asOf,
    sha256: row.sha256,
    achievement: achievement.id,
    name: achievement.name,
    awarded: dayIn(awarded, timeZone),
    ...(recipient === undefined ? {} : { recipient }),
    status: row.state,
    specimen: specimen || model.ph.realism === 'Illustrative',
    ...(until === undefined ? {} : { validUntil: formatInstant(until) }),
  };
}
