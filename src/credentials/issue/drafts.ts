import { type FieldError, formatInstant, type JsonObject, Problem, randomId, randomUuid } from '#kernel';
import { type LintToken, lintDraft, rehearse } from '../lint.ts';
import { build } from '../model/build.ts';
import type { CredentialRecord, IdempotencyRecord, OpenStatusList } from '../ports.ts';
import type { Award } from './awards.ts';
import type { IssuerDeps } from './deps.ts';
import { lintContext, type Pinned, statusTypeOf } from './pin.ts';

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

/** Rows in the order of the awards, and the lint token of each by its id. */
export interface Drafts {
  records: CredentialRecord[];
  tokens: Map<string, LintToken>;
}

/** What is drawn for one credential. */
interface Drawn {
  credentialId: string;
  awardId: string;
  list: Pick<OpenStatusList, 'listId'>;
  index: number;
}

function badgeOf(deps: IssuerDeps, { achievement, signing }: Pinned, award: Award, drawn: Drawn): JsonObject {
  const { credentialId, awardId, list, index } = drawn;
  const { evidence, result, source, certificateNumber, trainingProvider, assessor, learningRoute } = award.request;
  return build({
    publicUrl: deps.publicUrl,
    credentialId,
    awardId,
    institution: signing.institution,
    issuerDid: signing.did,
    achievement,
    subjectId: award.recipient.subjectId,
    identities: award.identities,
    ...datesOf(award),
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
}

const datesOf = ({ awardedDate, validFrom, validUntil }: Award) => ({
  awardedDate,
  validFrom,
  ...(validUntil ? { validUntil } : {}),
});

/**
 * The rules are tried before anything is stored, so that a bad request leaves nothing behind: on what is then signed, whose
 * texts are those of the records.
 * @param indexes one for each award
 */
export function drawUp(deps: IssuerDeps, intent: Intent, list: OpenStatusList, indexes: readonly number[]): Drafts {
  const { tenant, pinned, now, awards } = intent;
  const context = lintContext(deps, tenant, pinned.signing.did, pinned.achievement, now);
  const records: CredentialRecord[] = [];
  const tokens = new Map<string, LintToken>();
  holdAll(awards, (award, at) => {
    const credentialId = randomId(deps.ids?.credential ?? deps.random);
    const awardId = `urn:uuid:${randomUuid(deps.ids?.award ?? deps.random)}`;
    const drawn = { credentialId, awardId, list, index: indexes[at]! };
    const { text, token } = lintDraft(badgeOf(deps, pinned, award, drawn), context);
    records.push(recordOf(intent, award, at, drawn, text));
    tokens.set(credentialId, token);
  });
  if (tokens.size !== awards.length) throw new Error('not every credential was held against the rules');
  return { records, tokens };
}

function recordOf(intent: Intent, award: Award, at: number, drawn: Drawn, unsigned: string): CredentialRecord {
  const { pinned, tenant, batch } = intent;
  const { achievement, signing } = pinned;
  const now = formatInstant(intent.now);
  return {
    tenant,
    credentialId: drawn.credentialId,
    awardId: drawn.awardId,
    edition: 1,
    achievementId: achievement.achievementId,
    achievementVersion: achievement.version,
    recipient: award.recipient,
    statusListId: drawn.list.listId,
    statusListIndex: drawn.index,
    statusPurpose: achievement.statusPurpose,
    keyId: signing.keyId,
    ...(pinned.jwt ? { jwtKeyId: pinned.jwt.signing.keyId } : {}),
    phase: 'prepared',
    state: 'active',
    ...datesOf(award),
    proofCreated: now,
    unsigned,
    ...(intent.idempotency ? { idempotencyKey: intent.idempotency.key } : {}),
    ...(batch ? { batchId: batch.batchId, batchRow: batch.rows[at]! } : {}),
    preparedAt: now,
  };
}

/** The rules, held against badges that nobody stores or signs: for a preview. @throws Problem `lint-failed` */
export function rehearseAwards(deps: IssuerDeps, { tenant, awards, pinned, now }: Omit<Intent, 'actor'>): void {
  const context = lintContext(deps, tenant, pinned.signing.did, pinned.achievement, now);
  const ids = { credentialId: randomId(deps.random), awardId: `urn:uuid:${randomUuid(deps.random)}` };
  const drawn = { ...ids, list: { listId: 'preview' }, index: 0 };
  holdAll(awards, (award) => rehearse(badgeOf(deps, pinned, award, drawn), context));
}

/** @param all in the order of the request @throws Problem `lint-failed` with what was wrong with each */
function holdAll<T>(all: readonly T[], hold: (one: T, index: number) => void): void {
  const errors: FieldError[] = [];
  for (const [index, one] of all.entries()) {
    try {
      hold(one, index);
    } catch (error) {
      if (!(error instanceof Problem) || error.errors.length === 0) throw error;
      errors.push(...error.errors.map((fault) => toRequest(fault, index)));
    }
  }
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
