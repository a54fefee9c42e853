import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FieldError,
  fieldProblem,
  formatInstant,
  LIMITS,
  Problem,
  refuseBadFields,
  UniqueViolation,
} from '#kernel';
import { abandon } from '../issue/abandon.ts';
import { type IssuerDeps, STEP } from '../issue/deps.ts';
import { finish, type IssuedCredential, toIssued } from '../issue/finish.ts';
import { WAITING } from '../issue/idempotency.ts';
import { oneAtATime } from '../issue/one-at-a-time.ts';
import { lintContext, type Pinned } from '../issue/pin.ts';
import { prepareWrites } from '../issue/reserve.ts';
import { securedForWallets, securingNow, securingOf } from '../issue/securing.ts';
import type { Latch } from '../latch.ts';
import { lintErrors } from '../lint.ts';
import { isSafeIri } from '../lints/absolute-iris.ts';
import { textFault } from '../lints/unicode.ts';
import type { CredentialRecord, CredentialWrite, OfferTake } from '../ports.ts';
import { draftForm } from './draft.ts';
import { assertStanding } from './web-copy.ts';

export interface FormsCall {
  tenant: string;
  /** `key:ID`, `offer:ID` or `system`. */
  actor: string;
  /** The web copy of the award. */
  credentialId: string;
  /** Whom the forms are for: ids that whoever asks has proven to control, each once. */
  holders: readonly string[];
  offerId?: string;
  /**
   * Committed with the intents: the offer is taken if and only if the forms will be there. Its `UniqueViolation` is thrown
   * on, and then nothing is stored.
   */
  take?: OfferTake;
}

export interface IssuedForm extends IssuedCredential {
  /** The same credential as a signed token. */
  jwt: string;
}

/**
 * The same award for each holder, in their order. Asking again gives what was issued before.
 * @throws Problem `invalid-request`; `not-found`, `gone`, `conflict` when the award does not stand; those of issuing
 */
export type IssueForms = (call: FormsCall) => Promise<IssuedForm[]>;

/** Keys of one wallet that ask at once. */
const FORM_HOLDERS_MAX = 20;
/** Other holders of the same award draw the same edition; each round one of them is stored. */
const TRIES = 60;

/** Forms go through the numbered steps of every badge; there is no second approval, because the award has one. */
export function createFormIssuing(deps: IssuerDeps, latch: Latch): IssueForms {
  const { reader } = deps;
  const step = async (number: number) => deps.onStep?.(number);
  /** For each award; the unique constraint decides among processes. */
  const ofAward = oneAtATime<IssuedForm[]>();

  async function run(call: FormsCall): Promise<IssuedForm[]> {
    await latch.assertMaySign();
    let take = call.take;
    for (let tries = 0; tries < TRIES; tries++) {
      // 1. A holder who has a form gets it.
      await step(STEP.idempotency);
      const known = await reader.formsOf(call.tenant, call.credentialId);
      const of = new Map(known.map((row) => [row.recipient.subjectId, row]));
      // 2. Each holder is named once, by an id that a credential can hold.
      await step(STEP.validate);
      assertHolders(call.holders);
      // 3. The award stands.
      await step(STEP.entitlement);
      const web = await assertStanding(deps, call);
      const missing = call.holders.filter((holder) => !of.has(holder));
      const rows = call.holders.flatMap((holder) => of.get(holder) ?? []);
      if (missing.length > 0) {
        if (await prepareAndFinish({ ...call, take }, web, known, missing)) take = undefined;
      } else if (take) {
        // Each has a form already, by another offer.
        await deps.transactor.commit([take, ...taken(call)]);
        take = undefined;
      } else if (rows.every(({ phase }) => phase === 'issued')) {
        // 10. Only now does anyone see them.
        await step(STEP.release);
        return rows.map((row) => ({ ...toIssued(deps.publicUrl, row), jwt: row.jwt! }));
      } else {
        await takeOver(
          call,
          rows.filter(({ phase }) => phase === 'prepared'),
        );
      }
    }
    throw new Problem('unavailable', 'too many ask for this award at once: try again');
  }

  /** @returns whether the intents were stored */
  async function prepareAndFinish(
    call: Omit<FormsCall, 'take'> & { take: OfferTake | undefined },
    web: CredentialRecord,
    known: readonly CredentialRecord[],
    holders: readonly string[],
  ): Promise<boolean> {
    // 4. The version of the definition that was awarded, and the keys of today.
    await step(STEP.pin);
    const { tenant, actor, offerId } = call;
    const achievement = await reader.achievement(web.achievementId, web.achievementVersion);
    if (!achievement) throw new Error('a credential without its achievement');
    const securing = await securingNow(deps.authority, tenant, securedForWallets(achievement));
    const pinned: Pinned = { achievement: structuredClone(achievement), ...securing };

    // 5. Ids and status indexes are reserved; the intent is durable before any signature.
    await step(STEP.reserve);
    const kind = achievement.statusType === '1EdTechRevocationList' ? 'revocations' : undefined;
    const list = await deps.status.ensureList(tenant, web.statusPurpose, kind);
    const indexes = await deps.status.drawFree(list, holders.length, true);
    const edition = Math.max(web.edition, ...known.map((row) => row.edition)) + 1;
    const now = new Date(formatInstant(deps.clock.now()));
    const context = lintContext(deps, tenant, securing.signing.did, pinned.achievement, now);
    const drafts = holders.map((holder, at) => {
      const own = { holder, edition: edition + at, list, index: indexes[at]!, now };
      return draftForm(deps, web, pinned, { ...own, ...(offerId === undefined ? {} : { offerId }) });
    });
    const errors = drafts.flatMap(({ document }) => lintErrors(document, context));
    if (errors.length > 0) throw new Problem('lint-failed', 'a form of the award would break a rule', { errors });
    const rows = drafts.map(({ row }) => row);
    const detail = { formOf: web.credentialId, ...(offerId === undefined ? {} : { offer: offerId }) };
    try {
      const taking = call.take ? [call.take, ...taken(call)] : [];
      await deps.transactor.commit([...taking, ...prepareWrites(rows, actor, detail)]);
    } catch (error) {
      // Somebody else was faster, or the award does not stand any more: the next round sees which.
      if (error instanceof UniqueViolation && error.table !== 'offer.state') return false;
      throw error;
    }
    // 6. lint, 7. sign, 8. check the released text, 9. store.
    await finish(deps, latch, { records: rows, achievement: pinned.achievement, securing }, actor);
    return true;
  }

  /** Whoever prepared them is at work in another process, or died: after a while somebody has to finish them. */
  async function takeOver(call: FormsCall, rows: readonly CredentialRecord[]): Promise<void> {
    const { poll, takeOver: patience } = deps.waiting ?? WAITING;
    const ids = rows.map(({ credentialId }) => credentialId);
    for (let waited = 0; waited < patience; waited += poll) {
      const now = await reader.credentialsByIds(call.tenant, ids);
      if (now.every(({ phase }) => phase !== 'prepared')) return;
      await sleep(poll);
    }
    for (const row of rows) {
      const achievement = await reader.achievement(row.achievementId, row.achievementVersion);
      if (!achievement) throw new Error('a credential without its achievement');
      try {
        const securing = await securingOf(deps.authority, row, achievement);
        await finish(deps, latch, { records: [row], achievement, securing }, call.actor, { resumed: true });
      } catch (error) {
        const over = error instanceof Problem && (error.kind === 'conflict' || error.kind === 'lint-failed');
        // Its key was revoked meanwhile, or a rule changed: given up, and made anew in the next round.
        if (over) await abandon(deps, [row], error.message);
        // Not dead after all: it has been stored.
        else if (!(error instanceof UniqueViolation)) throw error;
      }
    }
  }

  return (call) => ofAward(JSON.stringify([call.tenant, call.credentialId]), () => run(call));
}

/** What the log says of it. */
function taken({
  tenant,
  actor,
  credentialId: credential,
  take,
}: {
  tenant: string;
  actor: string;
  credentialId: string;
  take?: OfferTake | undefined;
}): CredentialWrite[] {
  if (!take) return [];
  const { at, offerId: object, door, holders } = take;
  const detail = { credential, door, holders: holders.length };
  return [{ op: 'audit.append', at, tenant, actor, operation: 'offer.take', object, detail }];
}

function assertHolders(holders: readonly string[]): void {
  if (holders.length < 1 || holders.length > FORM_HOLDERS_MAX) {
    throw fieldProblem('invalid-request', '/holders', `must be 1 to ${FORM_HOLDERS_MAX} ids`);
  }
  const errors: FieldError[] = holders.flatMap((holder, at) => {
    const pointer = `/holders/${at}`;
    if (holder.length > LIMITS.identifierChars || !isSafeIri(holder)) {
      return [{ pointer, detail: 'is not an absolute https, http, urn or did identifier', code: 'absolute-iris' }];
    }
    const fault = textFault(holder);
    if (fault !== undefined) return [{ pointer, detail: fault, code: 'unicode' }];
    return holders.indexOf(holder) === at ? [] : [{ pointer, detail: 'is named twice', code: 'repeated' }];
  });
  refuseBadFields(errors);
}
