import type { AchievementVersion } from '#achievements';
import { isObject, type JsonObject, parseStrictJson, sha256Hex } from '#kernel';
import type { AuditEntry } from '#observability';
import { openJwt } from '#proofs';
import type { CheckReleased } from '../issue/deps.ts';
import { lintContext, statusTypeOf } from '../issue/pin.ts';
import { lintErrors } from '../lint.ts';
import { statusEntryOf } from '../model/build.ts';
import type { CredentialRecord } from '../ports.ts';
import type { Fault, Setting } from './model.ts';

/**
 * Everything that held when a badge was released, held again: bytes against the log, rules of its day, signatures with the
 * published keys, its own status entry, the columns of its record.
 * @param entry of the log that recorded the release
 */
export async function badgeFaults(
  row: CredentialRecord,
  entry: AuditEntry,
  achievement: AchievementVersion | undefined,
  setting: Setting,
  verify: CheckReleased,
): Promise<Fault[]> {
  // Its text went at the wish of its learner: the digest is what the log has.
  if (row.erasedAt !== undefined && row.signed === undefined) {
    return row.sha256 === entry.objectSha256 ? [] : [fault('changed', 'its digest is not that of the log')];
  }
  if (row.phase !== 'issued' || row.signed === undefined) return [fault('missing', 'its text is not there any more')];
  const faults = [
    ...bytes(row.signed, [row.sha256, entry.objectSha256], 'the document'),
    ...bytes(row.jwt, [row.jwtSha256, entry.detail?.jwtSha256], 'the token'),
  ];
  const document = attempt(() => parseStrictJson(row.signed!));
  if (!isObject(document)) return [...faults, fault('unreadable', 'the document is no strict JSON')];
  const { proof, ...unsigned } = document;
  if (JSON.stringify(unsigned) !== row.unsigned) faults.push(fault('changed', 'the document is not what was linted'));
  if (row.jwt !== undefined) {
    const token = attempt(() => openJwt(row.jwt!).document);
    if (!token) faults.push(fault('unreadable', 'the token cannot be read'));
    else if (JSON.stringify(token) !== row.unsigned) faults.push(fault('changed', 'the token is not what was linted'));
  }
  faults.push(...columns(row, document, isObject(proof) ? proof : {}, setting));
  if (!achievement) faults.push(fault('missing', 'the version of its achievement is not there any more'));
  else faults.push(...status(row, document, achievement, setting), ...lints(row, unsigned, achievement, setting));
  for (const text of [row.signed, row.jwt]) {
    const report = text === undefined ? undefined : await verify(text).catch(() => UNREADABLE);
    if (report && report.outcome !== 'pass') faults.push(fault('proof', report.code));
  }
  return faults;
}

const UNREADABLE = { outcome: 'fail', code: 'unreadable' } as const;
export const fault = (code: Fault['code'], detail: string): Fault => ({ code, detail });

export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A text, and the digests that record and log have of it; neither is there without the others. */
export function bytes(text: string | undefined, digests: readonly unknown[], what: string): Fault[] {
  const sha256 = text === undefined ? undefined : sha256Hex(text);
  return digests.every((one) => one === sha256) ? [] : [fault('bytes', `${what} has not the digest that was recorded`)];
}

function columns(row: CredentialRecord, document: JsonObject, proof: JsonObject, setting: Setting): Fault[] {
  const { publicUrl, did } = setting;
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const achievement = isObject(subject.achievement) ? subject.achievement : {};
  const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
  const pairs: Record<string, readonly [column: unknown, member: unknown]> = {
    id: [`${publicUrl}/credentials/${row.credentialId}`, document.id],
    issuer: [did, issuer],
    validFrom: [row.validFrom, document.validFrom],
    validUntil: [row.validUntil, document.validUntil],
    awardedDate: [row.awardedDate, document.awardedDate],
    // Signed where the definition has the extension.
    awardId: [document.awardId === undefined ? undefined : row.awardId, document.awardId],
    subject: [row.recipient.subjectId, subject.id],
    achievement: [`${publicUrl}/achievements/${row.achievementId}`, achievement.id],
    version: [String(row.achievementVersion), achievement.version],
    key: [`${did}#${row.keyId}`, proof.verificationMethod],
    created: [row.proofCreated, proof.created],
  };
  return Object.entries(pairs)
    .filter(([, [column, member]]) => column !== member)
    .map(([name]) => fault('columns', `${name}: the record says something else than the document`));
}

/** The entry by which others see its status is the one that its record is revoked by. */
function status(row: CredentialRecord, document: JsonObject, achievement: AchievementVersion, by: Setting): Fault[] {
  const { statusListId: listId, statusListIndex: index, statusPurpose: purpose } = row;
  const own = statusEntryOf(by.publicUrl, { listId, index, purpose, type: statusTypeOf(achievement) });
  return JSON.stringify(own) === JSON.stringify(document.credentialStatus)
    ? []
    : [fault('status', 'its status entry is not the one of its record')];
}

function lints(row: CredentialRecord, unsigned: JsonObject, achievement: AchievementVersion, by: Setting): Fault[] {
  const context = lintContext(by, by.tenant, by.did, achievement, new Date(row.proofCreated));
  return lintErrors(unsigned, context).map(({ pointer, code }) => fault('lint', `${code ?? 'rule'} at ${pointer}`));
}
