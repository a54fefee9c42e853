import {
  type FieldError,
  formatInstant,
  type JsonObject,
  Problem,
  randomId,
  randomUuid,
  sha256Hex,
  UniqueViolation,
} from '#kernel';
import { type LintToken, lint, lintErrors } from '../lint.ts';
import { build } from '../model/build.ts';
import type { CredentialRecord, CredentialWrite, IdempotencyRecord, StatusListRecord } from '../ports.ts';
import type { Award } from './awards.ts';
import type { IssuerDeps } from './deps.ts';
import { lintContext, type Pinned, statusTypeOf } from './pin.ts';

const TRIES = 8;

export interface Intent {
  tenant: string;
  actor: string;
  pinned: Pinned;
  awards: readonly Award[];
  now: Date;
  idempotency?: Pick<IdempotencyRecord, 'operation' | 'key' | 'requestSha256'>;
  batch?: { batchId: string; rows: readonly number[] };
  /** The recorded decision by which this is issued without accreditation. */
  decision?: string;
}

/**
 * Draws ids and indexes, and makes the intent durable: credentials, idempotency row and audit in one commit. From here
 * on every signature that could exist has a row.
 * @returns the prepared rows in the order of the awards, each with the proof that its text passed; undefined when another request holds the idempotency key
 * @throws Problem `lint-failed` (nothing stored) with pointers into the request
 */
export async function reserve(deps: IssuerDeps, intent: Intent): Promise<Prepared[] | undefined> {
  const { tenant, pinned, idempotency } = intent;
  const { statusPurpose, statusType } = pinned.achievement;
  const kind = statusType === '1EdTechRevocationList' ? 'revocations' : undefined;
  const list = await deps.status.ensureList(tenant, statusPurpose, kind);
  for (let tries = 0; tries < TRIES; tries++) {
    const indexes = await deps.status.drawFree(list, intent.awards.length);
    const drafts = intent.awards.map((award, at) => draft(deps, intent, award, list, indexes[at]!, at));
    const prepared = lintDrafts(deps, intent, drafts);
    const rows = drafts.map(({ row }) => row);
    try {
      await deps.transactor.commit(writes(intent, rows));
      return prepared;
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      if (error.table === 'credential.batchRow') throw new Problem('conflict', 'a row of the batch is issued already');
      if (idempotency && (await deps.reader.idempotency(tenant, idempotency.operation, idempotency.key))) {
        return undefined;
      }
    }
  }
  throw new Problem('unavailable', 'no free identifiers could be drawn');
}

/** An intent that is durable; with the token when its text was held against the rules just now. */
export interface Prepared {
  row: CredentialRecord;
  token?: LintToken;
}

interface Draft {
  row: CredentialRecord;
  document: JsonObject;
}

function draft(
  deps: IssuerDeps,
  intent: Intent,
  award: Award,
  list: StatusListRecord,
  index: number,
  at: number,
): Draft {
  const { pinned, tenant, batch } = intent;
  const { achievement, signing } = pinned;
  const credentialId = randomId(deps.random);
  const awardId = `urn:uuid:${randomUuid(deps.random)}`;
  const { evidence, result, source, certificateNumber, trainingProvider, assessor, learningRoute } = award.request;
  const dates = {
    awardedDate: award.awardedDate,
    validFrom: award.validFrom,
    ...(award.validUntil ? { validUntil: award.validUntil } : {}),
  };
  const document = build({
    publicUrl: deps.publicUrl,
    credentialId,
    awardId,
    institution: signing.institution,
    issuerDid: signing.did,
    achievement,
    subjectId: award.recipient.subjectId,
    identities: award.identities,
    ...dates,
    status: { listId: list.listId, index, purpose: achievement.statusPurpose, type: statusTypeOf(achievement) },
    ...(evidence ? { evidence } : {}),
    ...(result ? { result } : {}),
    ...(source ? { source } : {}),
    ph: {
      ...(certificateNumber ? { certificateNumber } : {}),
      ...(trainingProvider ? { trainingProvider } : {}),
      ...(assessor ? { assessor } : {}),
      ...(learningRoute ? { learningRoute } : {}),
    },
    specimen: deps.specimen,
  });
  const now = formatInstant(intent.now);
  const row: CredentialRecord = {
    tenant,
    credentialId,
    awardId,
    edition: 1,
    achievementId: achievement.achievementId,
    achievementVersion: achievement.version,
    recipient: award.recipient,
    statusListId: list.listId,
    statusListIndex: index,
    statusPurpose: achievement.statusPurpose,
    keyId: signing.keyId,
    ...(pinned.jwt ? { jwtKeyId: pinned.jwt.signing.keyId } : {}),
    phase: 'prepared',
    state: 'active',
    ...dates,
    proofCreated: now,
    unsigned: JSON.stringify(document),
    ...(intent.idempotency ? { idempotencyKey: intent.idempotency.key } : {}),
    ...(batch ? { batchId: batch.batchId, batchRow: batch.rows[at]! } : {}),
    preparedAt: now,
  };
  return { row, document };
}

/** The rules, held against drafts that are never stored: for a preview. @throws Problem `lint-failed` */
export function rehearseAwards(deps: IssuerDeps, intent: Intent): void {
  const { tenant, awards, pinned } = intent;
  const purpose = pinned.achievement.statusPurpose;
  const list = { tenant, listId: 'preview', purpose, length: 8, createdAt: formatInstant(intent.now), reserved: 0 };
  rehearse(
    deps,
    intent,
    awards.map((award, at) => draft(deps, intent, award, list, 0, at)),
  );
}

/** The rules, held against drafts that are never stored. Keyed by recipient. */
function rehearse(
  deps: IssuerDeps,
  { tenant, pinned, now }: Pick<Intent, 'tenant' | 'pinned' | 'now'>,
  drafts: readonly { document: JsonObject }[],
): void {
  const context = lintContext(deps, tenant, pinned.signing.did, pinned.achievement, now);
  const found = new Map(drafts.map(({ document }, index) => [index, lintErrors(document, context)]));
  if (found.size !== drafts.length) throw new Error('not every credential was held against the rules');
  assertNone([...found].flatMap(([index, list]) => list.map((error) => toRequest(error, index))));
}

/**
 * The exact texts are held against the rules before anything is stored, so that a bad request leaves nothing behind; the day
 * and the definition are those of the intent, so that the same text could not fare otherwise at the signature.
 */
function lintDrafts(
  deps: IssuerDeps,
  { tenant, pinned, now }: Pick<Intent, 'tenant' | 'pinned' | 'now'>,
  drafts: readonly Draft[],
): Prepared[] {
  const context = lintContext(deps, tenant, pinned.signing.did, pinned.achievement, now);
  const errors: FieldError[] = [];
  const prepared = drafts.map(({ row }, index): Prepared => {
    try {
      return { row, token: lint(row.unsigned, context) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // A text that is not even strict JSON has no list of errors.
      const list = error.errors.length > 0 ? error.errors : [{ pointer: '', detail: error.message }];
      errors.push(...list.map((one) => toRequest(one, index)));
      return { row };
    }
  });
  assertNone(errors);
  return prepared;
}

function assertNone(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new Problem('lint-failed', 'some credentials would break an issuing rule', { errors });
}

/** Where a member of the credential comes from in the request; anything else is told by its place in the credential. */
const SOURCES: [RegExp, string][] = [
  [/^\/credentialSubject\/id$/, '/subjectId'],
  [/^\/credentialSubject\/(result|source)\b/, '/$1'],
  [/^\/(evidence|validFrom|validUntil|awardedDate|certificateNumber|trainingProvider|assessor|learningRoute)\b/, '/$1'],
];

function toRequest(error: FieldError, index: number): FieldError {
  for (const [from, to] of SOURCES) {
    if (from.test(error.pointer)) {
      return { ...error, pointer: `/recipients/${index}${error.pointer.replace(from, to)}` };
    }
  }
  return { ...error, pointer: `/recipients/${index}`, detail: `${error.pointer || 'the credential'} ${error.detail}` };
}

function writes(intent: Intent, rows: readonly CredentialRecord[]): CredentialWrite[] {
  const { tenant, actor, idempotency } = intent;
  const first: CredentialWrite[] = idempotency
    ? [
        {
          op: 'idempotency.insert',
          row: {
            tenant,
            ...idempotency,
            credentialIds: rows.map((row) => row.credentialId),
            createdAt: formatInstant(intent.now),
          },
        },
      ]
    : [];
  return [...first, ...prepareWrites(rows, actor, intent.decision ? { decision: intent.decision } : {})];
}

/** The intent of each, and its entry in the log. */
export function prepareWrites(
  rows: readonly CredentialRecord[],
  actor: string,
  detail: Record<string, string>,
): CredentialWrite[] {
  return rows.flatMap((row): CredentialWrite[] => [
    { op: 'credential.prepare', row },
    {
      op: 'audit.append',
      at: row.preparedAt,
      tenant: row.tenant,
      actor,
      operation: 'credential.prepare',
      object: row.credentialId,
      objectSha256: sha256Hex(row.unsigned),
      detail: {
        key: row.keyId,
        ...(row.jwtKeyId === undefined ? {} : { jwtKey: row.jwtKeyId }),
        list: row.statusListId,
        index: row.statusListIndex,
        ...detail,
      },
    },
  ]);
}
