import { formatInstant, isObject, type JsonObject, parseStrictJson, randomId } from '#kernel';
import type { IssuerDeps } from '../issue/deps.ts';
import { type Pinned, statusTypeOf } from '../issue/pin.ts';
import { statusEntryOf } from '../model/build.ts';
import type { CredentialRecord, OpenStatusList } from '../ports.ts';

export interface FormDraft {
  row: CredentialRecord;
  document: JsonObject;
}

/** What one form has of its own; everything else is the award's. */
export interface FormOwn {
  holder: string;
  edition: number;
  list: OpenStatusList;
  index: number;
  offerId?: string;
  now: Date;
}

/** The award once more, for one holder: what the web copy says, but for its id, its subject and its place in a status list. */
export function draftForm(
  deps: Pick<IssuerDeps, 'random' | 'ids' | 'publicUrl'>,
  web: CredentialRecord,
  { achievement, signing, jwt }: Pinned,
  own: FormOwn,
): FormDraft {
  const said = parseStrictJson(web.unsigned);
  const subject = isObject(said) ? said.credentialSubject : undefined;
  if (!isObject(said) || !isObject(subject)) throw new Error(`the web copy ${web.credentialId} cannot be read`);
  const credentialId = randomId(deps.ids?.credential ?? deps.random);
  const { holder, edition, list, index, offerId } = own;
  const { listId } = list;
  const at = formatInstant(own.now);
  const document: JsonObject = {
    ...said,
    id: `${deps.publicUrl}/credentials/${credentialId}`,
    credentialSubject: { ...subject, id: holder },
    credentialStatus: statusEntryOf(deps.publicUrl, {
      ...{ listId, index },
      purpose: web.statusPurpose,
      type: statusTypeOf(achievement),
    }),
  };
  const { tenant, awardId, achievementId, achievementVersion, awardedDate, validFrom, validUntil } = web;
  const row: CredentialRecord = {
    ...{ tenant, credentialId, awardId, edition, formOf: web.credentialId },
    ...(offerId === undefined ? {} : { offerId }),
    ...{ achievementId, achievementVersion, recipient: { ...web.recipient, subjectId: holder } },
    ...{ statusListId: listId, statusListIndex: index, statusPurpose: web.statusPurpose },
    ...{ keyId: signing.keyId, ...(jwt ? { jwtKeyId: jwt.signing.keyId } : {}) },
    ...{ phase: 'prepared', state: 'active', awardedDate, validFrom, ...(validUntil ? { validUntil } : {}) },
    ...{ proofCreated: at, unsigned: JSON.stringify(document), preparedAt: at },
  };
  return { row, document };
}
