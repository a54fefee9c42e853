import type { CredentialReader, IssuerDeps } from '#credentials';
import type { SigningAuthority } from '#institutions';
import { isObject, type JsonObject, Problem, type Transactor, UniqueViolation } from '#kernel';
import { CLR_2_0_1, CREDENTIALS_V2, OPEN_BADGES_3_0_3, type ProofMaker } from '#proofs';
import type { ConferralReader, ConferralRecord, ConferralWrite } from './ports.ts';

export interface LearnerRecordDeps {
  reader: Pick<ConferralReader, 'evaluation' | 'components'> & Pick<CredentialReader, 'credential'>;
  transactor: Transactor<ConferralWrite>;
  authority: Pick<SigningAuthority, 'forKey'>;
  proofs: ProofMaker;
  checkReleased: IssuerDeps['checkReleased'];
  /** No trailing slash. */
  publicUrl: string;
  /** Whether the operator has added the context of CLR 2.0. */
  learnerRecords: boolean;
}

/**
 * The qualification and its components in one ClrCredential (CLR 2.0), `partial` because it is what this award rests on and not
 * all that is known of the learner. It packages; it awards nothing. Signed once, with the key of the qualification, and kept.
 * @returns the signed text
 * @throws Problem `not-found` while nothing is conferred; `conflict` without the context, or for a record too large to sign
 */
export async function learnerRecord(deps: LearnerRecordDeps, row: ConferralRecord): Promise<string> {
  if (row.learnerRecord !== undefined) return row.learnerRecord;
  const { reader, transactor, authority, proofs, checkReleased } = deps;
  const { tenant, conferralId, credentialId } = row;
  if (!deps.learnerRecords) {
    throw new Problem('conflict', `the context ${CLR_2_0_1} is not installed: tatak contexts add`);
  }
  const qualification = credentialId === undefined ? undefined : await reader.credential(credentialId);
  const evaluation = await reader.evaluation(tenant, row.evaluationId);
  if (!qualification?.signed || !evaluation) throw new Problem('not-found', 'nothing is conferred yet');
  const components = await reader.components(tenant, conferralId);
  const members = components.map(
    ({ credential }) => evaluation.sources.credentials.find(({ id }) => id === credential)!.document,
  );
  const { signer } = await authority.forKey(tenant, qualification.keyId);
  const document = recordOf(deps.publicUrl, row, [qualification.signed, ...members]);
  const signed = JSON.stringify(await proofs.sign(document, signer, qualification.proofCreated));
  const released = await checkReleased(signed);
  if (released.outcome !== 'pass') throw new Error(`a learner record that does not verify: ${released.code}`);
  await transactor
    .commit([{ op: 'conferral.learnerRecord', tenant, conferralId, learnerRecord: signed }])
    .catch((error: unknown) => {
      // Somebody else asked at the same time, for the same bytes.
      if (!(error instanceof UniqueViolation)) throw error;
    });
  return signed;
}

/** @param members signed texts, the qualification first */
function recordOf(publicUrl: string, row: ConferralRecord, members: readonly string[]): JsonObject {
  const credentials = members.map((text) => JSON.parse(text) as JsonObject);
  const [qualification] = credentials as [JsonObject];
  const target = achievementOf(qualification);
  const parts = new Set(credentials.slice(1).map((one) => String(achievementOf(one).id)));
  const { id, type, name } = qualification.issuer as JsonObject;
  return {
    '@context': [CREDENTIALS_V2, CLR_2_0_1, OPEN_BADGES_3_0_3],
    id: `${publicUrl}/v1/conferrals/${row.conferralId}/learner-record`,
    type: ['VerifiableCredential', 'ClrCredential'],
    name: `${String(target.name)}: the award and its components`,
    issuer: { id: id!, type: withoutPh(type), name: name! },
    validFrom: qualification.validFrom!,
    partial: true,
    credentialSubject: {
      id: row.subjectId,
      type: ['ClrSubject'],
      verifiableCredential: credentials,
      association: [...parts].map((sourceId) => ({
        ...{ type: 'Association', associationType: 'isPartOf', sourceId, targetId: String(target.id) },
      })),
    },
  };
}

/** The record itself is without the extension; its members keep theirs. */
const withoutPh = (types: JsonObject[string] | undefined) =>
  Array.isArray(types) ? types.filter((type) => !String(type).startsWith('Ph')) : ['Profile'];

function achievementOf({ credentialSubject }: JsonObject): JsonObject {
  const achievement = isObject(credentialSubject) ? credentialSubject.achievement : undefined;
  if (!isObject(achievement)) throw new Error('a badge without an achievement');
  return achievement;
}
