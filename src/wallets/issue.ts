import { formatInstant, LIMITS, Problem, randomId, UniqueViolation, unreachable } from '#kernel';
import { credentialIssuerOf, type WalletToken } from '#oauth';
import type { OfferRecord, TakenForm } from '#offers';
import { readConfigurationId } from './configurations.ts';
import type { WalletsDeps } from './deps.ts';
import type { WalletFormat, WalletIssuanceRecord, WalletWrite } from './ports.ts';
import { checkProofs } from './proofs/check.ts';
import { WalletRefusal } from './refusal.ts';
import { type CredentialRequest, readCredentialRequest } from './request.ts';
import { tokenFor } from './token.ts';

export type CredentialAnswer =
  | {
      state: 'issued';
      /** JSON texts, each the value of `credential` in the answer, exactly as stored. */
      credentials: string[];
      notificationId: string;
    }
  | { state: 'deferred'; transactionId: string; interval: number };

export interface WalletCall {
  tenant: string;
  authorization: string | undefined;
  body: unknown;
}

const DAY = 86_400_000;

/**
 * One credential request (OpenID4VCI 1.0, 8). Nothing is used up before everything in it is good; the nonce goes first, for
 * exactly one request; what a wallet was told is stored before it is told. A request that fails after that leaves the offer
 * as it was, and the same keys with another nonce get the same badge.
 * @throws WalletRefusal, and whatever the store throws
 */
export async function issueToWallet(call: WalletCall, deps: WalletsDeps): Promise<CredentialAnswer> {
  const { tenant } = call;
  // 1. Who asks: before the body is looked at.
  const token = await tokenFor(call.authorization, tenant, deps);
  // 2. What for.
  const request = readCredentialRequest(call.body, deps.leniencies);
  assertNamedAsGranted(request, token);
  const offer = await deps.offers.byId(token.offerId);
  if (!offer || offer.tenant !== tenant) throw denied('the offer is not there any more');
  const format = await formatFor(request, offer, deps);
  if (!deps.offers.isOpen(offer) && offer.state !== 'taken') throw denied('the offer is over');
  // 3. For which keys.
  const proven = await checkProofs(request.proofs, {
    issuer: credentialIssuerOf(deps.publicUrl, tenant),
    now: deps.clock.now(),
    ...(token.clientId === undefined ? {} : { clientId: token.clientId }),
    leniencies: deps.leniencies,
    identifiers: deps.identifiers,
    verifyPresentation: deps.verifyPresentation,
  });
  // 4. The nonces, all or none, and for nobody else.
  await useNonces(proven.nonces, tenant, deps);
  // 5. One answer for each offer: others were told that the badge is theirs.
  const told = await deps.reader.walletIssuancesOf(offer.offerId);
  const isTheirs = offer.state === 'taken' && isSame(offer.holders ?? [], proven.holders);
  const [own, others] = [true, false].map((same) =>
    told.filter(({ holders }) => isSame(holders, proven.holders) === same),
  );
  if (!isTheirs && others!.some((one) => binds(one, deps.clock.now()))) throw takenByOthers();
  return take({ tenant, offerId: offer.offerId, format, holders: proven.holders }, deps, own!);
}

/** A promise that nobody can come back for any more keeps the badge from nobody: most wallets try again with another key. */
const binds = ({ state, createdAt }: WalletIssuanceRecord, now: Date): boolean =>
  state === 'issued' || Date.parse(createdAt) + LIMITS.walletPromiseMs > now.getTime();

type Wanted = Pick<WalletIssuanceRecord, 'tenant' | 'offerId' | 'format' | 'holders'>;

/** @param told what was said about this offer before */
export async function take(
  wanted: Wanted,
  deps: WalletsDeps,
  told: readonly WalletIssuanceRecord[],
): Promise<CredentialAnswer> {
  const { offerId, format, holders } = wanted;
  const before = told.find((one) => one.format === format);
  let forms: TakenForm[];
  try {
    // Sorted: the same keys are the same holders, in whichever order a wallet proves them.
    forms = await deps.offers.take({ offerId, holders: [...holders].sort(), door: 'oid4vci' });
  } catch (error) {
    if (isForNow(error)) return deferredAs(await remember(wanted, 'deferred', deps, before));
    if (!(error instanceof Problem)) throw error;
    // Whoever was to come back is told now, and what nobody waits for is forgotten.
    if (before?.state === 'deferred') {
      await deps.transactor.commit([{ op: 'walletIssuance.remove', issuanceId: before.issuanceId }]);
    }
    throw new WalletRefusal('credential_request_denied', error.message, { cause: error });
  }
  const { issuanceId } = await remember(wanted, 'issued', deps, before);
  const ordered = holders.map((holder) => forms.find(({ subjectId }) => subjectId === holder)!);
  return { state: 'issued', credentials: ordered.map((form) => textIn(form, format)), notificationId: issuanceId };
}

export const deferredAs = ({ issuanceId }: WalletIssuanceRecord): CredentialAnswer => ({
  state: 'deferred',
  transactionId: issuanceId,
  interval: LIMITS.walletInterval,
});

/** `ldp_vc`: a JSON object (A.1.2.4); `jwt_vc_json`: a text (A.1.1.5). */
function textIn(form: TakenForm, format: WalletFormat): string {
  switch (format) {
    case 'ldp_vc':
      return form.document;
    case 'jwt_vc_json':
      return JSON.stringify(form.jwt);
    default:
      return unreachable(format, 'format');
  }
}

/** OpenID4VCI 1.0, 8.2: by identifier if and only if the token response gave identifiers. @throws WalletRefusal */
function assertNamedAsGranted({ name, byIdentifier }: CredentialRequest, token: WalletToken): void {
  const { credentialIdentifiers } = token;
  if (credentialIdentifiers === undefined) {
    if (!byIdentifier) return;
    throw new WalletRefusal('unknown_credential_identifier', 'the token response gave no credential_identifiers');
  }
  if (!byIdentifier) {
    throw new WalletRefusal('invalid_credential_request', 'use a credential_identifier of the token response');
  }
  if (!credentialIdentifiers.includes(name)) {
    throw new WalletRefusal('unknown_credential_identifier', 'the token response gave no such credential_identifier');
  }
}

/** @throws WalletRefusal for a name that is none, and for one of another badge than the offered */
async function formatFor(
  { name, byIdentifier }: CredentialRequest,
  offer: OfferRecord,
  { reader }: WalletsDeps,
): Promise<WalletFormat> {
  const read = readConfigurationId(byIdentifier ? name.slice(offer.offerId.length + 1) : name);
  const code = byIdentifier ? 'unknown_credential_identifier' : 'unknown_credential_configuration';
  if (!read) throw new WalletRefusal(code, 'nothing here has this name');
  if (read.achievementId === undefined) return read.format;
  const credential = await reader.credential(offer.credentialId);
  if (credential?.achievementId === read.achievementId) return read.format;
  throw new WalletRefusal(code, 'this is not what was offered');
}

async function useNonces(nonces: readonly string[], tenant: string, deps: WalletsDeps): Promise<void> {
  const { reader, challenges, transactor, clock } = deps;
  const bad = () => new WalletRefusal('invalid_nonce', 'the nonce is not one of this issuer, was used or is over');
  for (const nonce of nonces) {
    const known = challenges.isOurs(nonce, 'nonce') ? await reader.challenge(nonce) : undefined;
    if (known?.tenant !== tenant) throw bad();
  }
  const at = formatInstant(clock.now());
  try {
    await transactor.commit(nonces.map((challenge): WalletWrite => ({ op: 'challenge.use', challenge, at })));
  } catch (error) {
    if (error instanceof UniqueViolation) throw bad();
    throw error;
  }
}

/** Nothing is wrong with the request or the offer: it only cannot be signed now. */
function isForNow(error: unknown): boolean {
  return error instanceof Problem && (error.temporary || error.extensions.code === 'no_signing_key');
}

/** @returns what this wallet is told, now or by another process at the same time */
async function remember(
  wanted: Wanted,
  state: WalletIssuanceRecord['state'],
  deps: WalletsDeps,
  before: WalletIssuanceRecord | undefined,
): Promise<WalletIssuanceRecord> {
  const { transactor, reader, clock, random } = deps;
  if (before) {
    if (state === 'issued' && before.state === 'deferred') {
      await transactor.commit([{ op: 'walletIssuance.issued', issuanceId: before.issuanceId }]);
    }
    return before;
  }
  const now = clock.now();
  const row: WalletIssuanceRecord = {
    ...wanted,
    issuanceId: randomId(random),
    state,
    createdAt: formatInstant(now),
    expiresAt: formatInstant(new Date(now.getTime() + LIMITS.walletIssuanceDays * DAY)),
  };
  try {
    await transactor.commit([{ op: 'walletIssuance.insert', row }]);
    return row;
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    const told = await reader.walletIssuancesOf(wanted.offerId);
    const other = told.find(({ format }) => format === wanted.format);
    if (!other) throw takenByOthers();
    if (isSame(other.holders, wanted.holders)) return remember(wanted, state, deps, other);
    // What these keys have taken, or nobody came back for in time, is promised to others no more.
    if (other.state === 'issued' || (state === 'deferred' && binds(other, now))) throw takenByOthers();
    await transactor.commit([
      { op: 'walletIssuance.remove', issuanceId: other.issuanceId },
      { op: 'walletIssuance.insert', row },
    ]);
    return row;
  }
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((holder) => other.includes(holder));

const denied = (detail: string) => new WalletRefusal('credential_request_denied', detail);
const takenByOthers = () => denied('the badge was claimed for other keys');
