import { type Institution, profileDocumentOf } from '#institutions';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';

/** Where the signed document of an endorsement is served. */
export const endorsementUrl = (publicUrl: string, id: string): string => `${publicUrl}/endorsements/${id}`;

/** Everything one endorsement says; instants are whole-second UTC. */
export interface EndorsementSays {
  id: string;
  institution: Institution;
  did: string;
  /** Id of the credential, achievement or profile. */
  endorses: string;
  name: string;
  /** Markdown. */
  endorsementComment?: string;
  validFrom: string;
  validUntil?: string;
}

/** The unsigned document (Open Badges 3.0, EndorsementCredential and EndorsementSubject), without its status entry. */
export function buildEndorsement(says: EndorsementSays): JsonObject {
  const { id, institution, did, endorses, name, endorsementComment, validFrom, validUntil } = says;
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3],
    id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    // Its members of the extension context are left out: an endorsement is read by everybody.
    issuer: profileDocumentOf(institution, did, false),
    name,
    validFrom,
    ...(validUntil === undefined ? {} : { validUntil }),
    credentialSubject: {
      id: endorses,
      type: ['EndorsementSubject'],
      ...(endorsementComment === undefined ? {} : { endorsementComment }),
    },
  };
}
