import { type CredentialRecord, readCredential, signedName } from '#credentials';
import type { JsonObject } from '#kernel';
import type { ClaimPage } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { shownImage, termsOf } from '../public/terms.ts';

export interface ShownBadge {
  row: CredentialRecord;
  signed: string;
  name: string;
  issuerName: string;
  issuerSlug: string;
  awardedDate: string;
  /** For the claim page; the name only if it was signed in plain text. */
  card: ClaimPage['badge'];
}

/** What a page says of one of our badges: what is signed into it, and our own name of its issuer. */
export async function shownBadge(
  credentialId: string,
  { reader, institutions, publicUrl }: Pick<ApiDeps, 'reader' | 'institutions' | 'publicUrl'>,
): Promise<ShownBadge> {
  const row = await reader.credential(credentialId);
  const signed = row?.signed;
  const document = signed === undefined ? undefined : (JSON.parse(signed) as JsonObject);
  const model = document && readCredential(document);
  if (!row || signed === undefined || !model) throw new Error(`the issued badge ${credentialId} cannot be read`);
  const { achievement } = model;
  const institution = await institutions.get(row.tenant);
  const issuerName = institution?.profile.name ?? row.tenant;
  const zone = institution?.profile.timeZone;
  const recipientName = signedName(model);
  const { awardType, pqfLevel, pqfLevelStatus } = termsOf(achievement.document);
  const name = model.name ?? achievement.name;
  const awardedDate = model.awardedDate ?? model.validFrom ?? row.awardedDate;
  return {
    ...{ row, signed, name, issuerName, issuerSlug: row.tenant, awardedDate },
    card: {
      ...{ name, issuerName, issuerSlug: row.tenant, awardedDate },
      ...(achievement.description === undefined ? {} : { description: achievement.description }),
      imageUrl: shownImage(achievement.document, row, publicUrl),
      ...(awardType === undefined ? {} : { awardType }),
      ...(pqfLevel === undefined ? {} : { pqfLevel }),
      ...(pqfLevelStatus === undefined ? {} : { pqfLevelStatus }),
      ...(recipientName === undefined ? {} : { recipientName }),
      ...(zone === undefined ? {} : { timeZone: zone }),
    },
  };
}
