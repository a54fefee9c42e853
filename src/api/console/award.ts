import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { actingEmail, type CredentialRecord, guardianOn, type StatusAction } from '#credentials';
import { dayIn, fieldProblem, LIMITS, Problem } from '#kernel';
import { type AwardPage, renderAward } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { listedAwards } from './awards.ts';
import { createDesk, shownProblem } from './desk.ts';

interface Form {
  action: StatusAction | 'offer' | 'resend';
  reason?: string;
  confirmed?: 'yes';
  offerId?: string;
}

type Shown = Partial<Pick<AwardPage, 'typed' | 'confirm' | 'resent' | 'problem'>>;

/** One award: what is stored of it, its history, its offers; and what changes it, asked twice. */
export function consoleAward(deps: ApiDeps): Handlers<'getConsoleAward' | 'changeConsoleAward'> {
  const { reader, status, offers, offersByMail } = deps;
  const desk = createDesk(deps);

  async function mustRead(request: FastifyRequest): Promise<CredentialRecord> {
    const { credentialId } = request.params as { credentialId: string };
    const row = await reader.credential(credentialId);
    if (row?.tenant !== principalOf(request).tenant) throw new Problem('not-found', 'there is no such credential');
    return row;
  }

  async function offersOf({ tenant, credentialId }: CredentialRecord): Promise<AwardPage['offers']> {
    const { items } = await offers.list({ tenant, credentialId }, { limit: LIMITS.pageSize });
    const mail = await offersByMail.lastMail(
      tenant,
      items.map(({ offerId }) => offerId),
    );
    const now = deps.clock.now();
    return items.toReversed().map(({ offerId, state, createdAt, expiresAt }) => {
      const sent = mail.get(offerId);
      const over = state === 'open' && new Date(expiresAt) <= now;
      return {
        ...{ offerId, createdAt, expiresAt, state: over ? ('expired' as const) : state },
        ...(sent === undefined ? {} : { mail: sent.state }),
      };
    });
  }

  async function show(request: FastifyRequest, reply: FastifyReply, shown: Shown = {}) {
    const row = await mustRead(request);
    const [listed] = await listedAwards([row], desk);
    const given = await offersOf(row);
    const now = deps.clock.now();
    const body = renderAward(desk.site(request), await desk.officer(request), {
      ...listed!,
      ...storedOf(row, now),
      actions: actionsOf(row),
      events: await reader.statusEvents(row.credentialId),
      offers: given,
      canOffer: canOffer(row, given, now),
      typed: {},
      ...shown,
    });
    return desk.send(request, reply, body);
  }

  return {
    getConsoleAward: (request, reply) => show(request, reply),

    async changeConsoleAward(request, reply) {
      const principal = principalOf(request);
      const { tenant, credentialId } = await mustRead(request);
      const { action, reason = '', confirmed, offerId } = request.body as Form;
      const actor = actorOf(principal);
      try {
        if (action === 'resend') {
          if (offerId === undefined) throw fieldProblem('invalid-request', '/offerId', 'is required', 'required');
          await offersByMail.resend({ tenant, offerId, actor });
          return await show(request, reply, { resent: true });
        }
        if (action === 'offer') {
          await offersByMail.create({ tenant, credentialId, actor });
          return await show(request, reply, { resent: true });
        }
        if (reason.trim() === '') throw fieldProblem('invalid-request', '/reason', 'is required', 'required');
        if (confirmed !== 'yes') return await show(request, reply, { confirm: { action, reason: reason.trim() } });
        await status.change({ tenant, credentialId, action, reason, actor });
      } catch (error) {
        const { status: code, ...problem } = shownProblem(error);
        return show(request, reply.code(code), { typed: { reason }, problem });
      }
      return desk.go(request, reply, `/console/awards/${credentialId}`);
    },
  };
}

/** What the purpose of its status entry allows: `revocation` is final by the standard. */
function actionsOf({ state, statusPurpose, phase }: CredentialRecord): AwardPage['actions'] {
  if (phase !== 'issued' || state === 'revoked') return [];
  if (statusPurpose === 'revocation') return ['revoke'];
  return state === 'suspended' ? ['reinstate', 'revoke'] : ['suspend', 'revoke'];
}

/** A link that is open is sent again instead. */
function canOffer(
  { phase, state, recipient, erasedAt, formOf }: CredentialRecord,
  offers: AwardPage['offers'],
  now: Date,
): boolean {
  const stands = phase === 'issued' && state === 'active' && erasedAt === undefined && formOf === undefined;
  return stands && actingEmail(recipient, dayIn(now)) !== undefined && !offers.some((one) => one.state === 'open');
}

function storedOf(row: CredentialRecord, now: Date) {
  const { recipient, awardId, validFrom, validUntil, issuedAt, batchId, achievementId, achievementVersion } = row;
  const guardian = guardianOn(recipient, dayIn(now));
  const { certificateNumber } = JSON.parse(row.unsigned) as { certificateNumber?: unknown };
  return {
    ...{ subjectId: recipient.subjectId, awardId, validFrom, achievementId, achievementVersion },
    ...(recipient.email === undefined ? {} : { email: recipient.email }),
    ...(guardian ? { guardian } : {}),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(row.erasedAt === undefined ? {} : { erasedAt: row.erasedAt }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(batchId === undefined ? {} : { batchId }),
    ...(typeof certificateNumber === 'string' ? { certificateNumber } : {}),
  };
}
