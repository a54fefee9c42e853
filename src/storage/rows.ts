import type {
  AccreditationEventRecord,
  AccreditationRecord,
  HeldRegisterRecord,
  IssuingDecisionRecord,
  SuccessionRecord,
} from '#accreditation';
import type { AchievementVersion, ImageRecord } from '#achievements';
import type { ApiKeyRecord } from '#auth';
import type { ChallengeRecord } from '#challenges';
import type { ComponentRecord, ConferralRecord, EvaluationRecord, EvaluationSummary } from '#conferrals';
import type { HostAuthorization, HostConnection, KnownHost, Transfer } from '#consumer';
import type {
  ApprovalRecord,
  CredentialRecord,
  IdempotencyRecord,
  ListedCredential,
  OpenStatusList,
  PlainCredentialRecord,
  StatusEventRecord,
  StatusListRecord,
} from '#credentials';
import type { MailRecord } from '#delivery';
import type { EquivalenceEditionRecord, EquivalenceEventRecord, EquivalenceRecord } from '#equivalences';
import type { ExchangeRecord } from '#exchanges';
import type { ErasureRecord, HolderSessionRecord, MailCodeRecord, ReleaseChoice } from '#holders';
import type { HolderProfileRecord } from '#host';
import type { ImportedCredential, ImportSummary } from '#imports';
import type { DidDocumentRecord, Institution, SigningKeyRecord, SigningStop } from '#institutions';
import type { BatchRecord, BatchRowRecord } from '#jobs';
import type { KeptReportRecord } from '#kept-reports';
import type { ConnectionRecord, OAuthClientRecord, OAuthKeyRecord, OAuthRecord, PlatformRecord } from '#oauth';
import type { AuditEntry, CheckpointRecord, LogBlockRecord, LogKeyRecord } from '#observability';
import type { OfferRecord } from '#offers';
import type { PathwayRecord } from '#pathways';
import type {
  AccountRecord,
  AccountRoleRecord,
  OfficerSessionRecord,
  OpenIdLoginRecord,
  OpenIdProviderRecord,
  PasskeyRecord,
  SignInLinkRecord,
} from '#people';
import type { PresentationRequestRecord, VerifierKeyRecord } from '#presentation-requests';
import type { CaseEntry, CaseRecord } from '#prior-learning';
import type { WalletIssuanceRecord } from '#wallets';
import type { DeliveryRecord, WebhookRecord } from '#webhooks';
import type { Columns } from './tables.ts';

interface RowForm<R, J extends keyof R> {
  toRow(record: R): Columns<R, J>;
  fromRow(row: Columns<R, J>): R;
}

/**
 * Between a record of the ports and its row. `json` members are text, `flags` 0 or 1, `hidden` columns are the store's
 * own; null becomes an absent member. Bytes come back as plain `Uint8Array`.
 */
function rowForm<R extends object, J extends keyof R = never>(
  json: readonly J[] = [],
  more: { flags?: readonly (keyof R)[]; hidden?: readonly string[] } = {},
): RowForm<R, J> {
  const special = new Map<PropertyKey, 'json' | 'flag' | 'hidden'>();
  for (const key of json) special.set(key, 'json');
  for (const key of more.flags ?? []) special.set(key, 'flag');
  for (const key of more.hidden ?? []) special.set(key, 'hidden');
  const write = (key: string, value: unknown) => {
    if (value === undefined) return null;
    const kind = special.get(key);
    if (kind === 'json') return JSON.stringify(value);
    if (kind === 'flag') return value ? 1 : 0;
    return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
  };
  const read = (kind: 'json' | 'flag' | undefined, value: unknown) => {
    if (kind === 'json') return JSON.parse(value as string);
    if (kind === 'flag') return value === 1;
    return Buffer.isBuffer(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
  };
  return {
    toRow(record) {
      const row: Record<string, unknown> = {};
      for (const key of Object.keys(record)) row[key] = write(key, record[key as keyof R]);
      return row as Columns<R, J>;
    },
    fromRow(row) {
      const record: Record<string, unknown> = {};
      for (const key of Object.keys(row)) {
        const value = row[key as keyof Columns<R, J>];
        if (value === null) continue;
        const kind = special.get(key);
        if (kind !== 'hidden') record[key] = read(kind, value);
      }
      return record as R;
    },
  };
}

export const institutionRow = rowForm<Institution, 'profile'>(['profile'], { hidden: ['searchName'] });
export const signingKeyRow = rowForm<Omit<SigningKeyRecord, 'stoppedAt'>>();
export const signingStopRow = rowForm<SigningStop, 'suspects'>(['suspects']);
export const didDocumentRow = rowForm<DidDocumentRecord>();
export const apiKeyRow = rowForm<ApiKeyRecord>();
export const achievementRow = rowForm<AchievementVersion, 'document' | 'permittedIssuers'>(
  ['document', 'permittedIssuers'],
  { flags: ['extension'] },
);
export const imageRow = rowForm<ImageRecord>();
const wholeCredentialRow = rowForm<CredentialRecord, 'recipient'>(['recipient'], {
  hidden: ['abandonedAt', 'subjectId', 'email', 'studentNumber', 'guardianEmail', 'guardianUntil'],
});
export const credentialRow: typeof wholeCredentialRow = {
  toRow: wholeCredentialRow.toRow,
  /** The text of an erased one is empty in the store, and to everybody else it is not there. */
  fromRow(row) {
    const record = wholeCredentialRow.fromRow(row);
    if (record.signed === '') delete record.signed;
    return record;
  },
};
export const listedCredentialRow = rowForm<ListedCredential, 'recipient'>(['recipient']);
export const statusListRow = rowForm<StatusListRecord>();
export const openStatusListRow = rowForm<OpenStatusList>();
export const statusEventRow = rowForm<StatusEventRecord>([], { hidden: ['seq'] });
export const plainCredentialRow = rowForm<PlainCredentialRecord, 'mandatoryPointers'>(['mandatoryPointers'], {
  hidden: ['abandonedAt'],
});
export const challengeRow = rowForm<ChallengeRecord>();
export const exchangeRow = rowForm<ExchangeRecord>();
export const offerRow = rowForm<OfferRecord, 'holders'>(['holders']);
export const walletIssuanceRow = rowForm<WalletIssuanceRecord, 'holders'>(['holders']);
export const holderSessionRow = rowForm<Omit<HolderSessionRecord, 'identifiers'>>();
export const mailCodeRow = rowForm<MailCodeRecord>();
export const releaseChoiceRow = rowForm<ReleaseChoice>();
export const erasureRow = rowForm<ErasureRecord>();
export const oauthRecordRow = rowForm<OAuthRecord>();
export const oauthKeyRow = rowForm<OAuthKeyRecord>();
export const oauthClientRow = rowForm<OAuthClientRecord>();
export const platformRow = rowForm<PlatformRecord, 'metadata'>(['metadata']);
export const connectionRow = rowForm<Omit<ConnectionRecord, 'identifiers'>, 'scopes'>(['scopes']);
export const holderProfileRow = rowForm<HolderProfileRecord>();
export const presentationRequestRow = rowForm<PresentationRequestRecord, 'question' | 'query'>(['question', 'query']);
export const keptReportRow = rowForm<KeptReportRecord>();
export const importedRow = rowForm<ImportedCredential, 'subject' | 'sentence'>(['subject', 'sentence'], {
  hidden: ['receivedBytes'],
});
export const knownHostRow = rowForm<KnownHost, 'description'>(['description']);
export const hostAuthorizationRow = rowForm<HostAuthorization>();
export const hostConnectionRow = rowForm<HostConnection>();
export const transferRow = rowForm<Transfer, 'badges' | 'problem'>(['badges', 'problem']);
export const importSummaryRow = rowForm<ImportSummary, 'subject' | 'sentence'>(['subject', 'sentence']);
export const verifierKeyRow = rowForm<VerifierKeyRecord>();
export const idempotencyRow = rowForm<IdempotencyRecord, 'credentialIds'>(['credentialIds']);
export const accreditationRow = rowForm<AccreditationRecord, 'scope'>(['scope'], { hidden: ['bucket', 'awardTypes'] });
export const accreditationEventRow = rowForm<AccreditationEventRecord, 'legalInstrument'>(['legalInstrument'], {
  hidden: ['seq'],
});
export const successionRow = rowForm<SuccessionRecord, 'legalInstrument'>(['legalInstrument'], { flags: ['mayAward'] });
export const heldRegisterRow = rowForm<HeldRegisterRecord>([], { flags: ['consult'] });
export const issuingDecisionRow = rowForm<IssuingDecisionRecord, 'legalInstrument'>(['legalInstrument']);
export const pathwayRow = rowForm<PathwayRecord>();
export const evaluationRow = rowForm<EvaluationRecord, 'report' | 'sources'>(['report', 'sources']);
export const evaluationSummaryRow = rowForm<EvaluationSummary>();
export const conferralRow = rowForm<ConferralRecord, 'problem' | 'findings'>(['problem', 'findings']);
export const componentRow = rowForm<ComponentRecord>([], { flags: ['live'] });
export const caseRow = rowForm<CaseRecord, 'candidate' | 'award'>(['candidate', 'award']);
export const caseEntryRow = rowForm<CaseEntry>();
export const equivalenceRow = rowForm<EquivalenceRecord, 'input'>(['input']);
export const equivalenceEditionRow = rowForm<EquivalenceEditionRecord>();
export const equivalenceEventRow = rowForm<EquivalenceEventRecord, 'legalInstrument'>(['legalInstrument'], {
  hidden: ['seq'],
});
export const approvalRow = rowForm<ApprovalRecord, 'body' | 'credentialIds' | 'problem'>([
  'body',
  'credentialIds',
  'problem',
]);
export const accountRow = rowForm<AccountRecord>();
export const accountRoleRow = rowForm<AccountRoleRecord>();
export const signInLinkRow = rowForm<SignInLinkRecord>();
export const passkeyRow = rowForm<PasskeyRecord, 'transports'>(['transports']);
export const officerSessionRow = rowForm<OfficerSessionRecord>();
export const openIdProviderRow = rowForm<OpenIdProviderRecord>();
export const openIdLoginRow = rowForm<OpenIdLoginRecord>();
export const batchRow = rowForm<BatchRecord, 'options'>(['options']);
export const batchLineRow = rowForm<BatchRowRecord, 'input' | 'errors'>(['input', 'errors']);
export const auditRow = rowForm<AuditEntry, 'detail'>(['detail']);
export const logKeyRow = rowForm<LogKeyRecord>();
export const checkpointRow = rowForm<CheckpointRecord>();
export const logBlockRow = rowForm<LogBlockRecord>();
export const mailRow = rowForm<MailRecord>();
export const webhookRow = rowForm<WebhookRecord, 'eventTypes'>(['eventTypes']);
export const deliveryRow = rowForm<DeliveryRecord>();
