import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type AccreditationRole,
  type AccreditationScope,
  type AccreditationVerb,
  type AccreditationView,
  type GrantInput,
  IN_FORCE,
  legalInstant,
} from '#accreditation';
import { actorOf } from '#auth';
import { dayIn, fieldProblem, isDay, isDid, Problem } from '#kernel';
import { type GrantField, renderGrantForm, type Typed } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { grantViews } from '../public/grant-views.ts';
import { createDesk, shownProblem, today } from './desk.ts';
import { instrumentOf } from './instruments.ts';

/** The form, as it arrives. */
type Form = Partial<
  Record<
    Exclude<GrantField, 'awardType'> | 'renews' | `${'kind' | 'number' | 'series' | 'date' | 'url'}${0 | 1}`,
    string
  >
> & { awardType?: string | string[] };

const DAY_MS = 86_400_000;

/** A new grant: the common fields, or an earlier one for another time. */
export function consoleGrantForm(deps: ApiDeps): Handlers<'getConsoleGrantForm' | 'submitConsoleGrant'> {
  const { accreditations, institutions, publicUrl } = deps;
  const desk = createDesk(deps);

  async function mustRenew(request: FastifyRequest, renews: string): Promise<AccreditationView> {
    const found = await accreditations.get(renews);
    if (found?.record.tenant !== principalOf(request).tenant) {
      throw new Problem('not-found', 'there is no such accreditation');
    }
    return found;
  }

  async function form(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Pick<Parameters<typeof renderGrantForm>[2], 'typed' | 'problem'>,
    earlier?: AccreditationView,
  ) {
    const { page } = grantViews(deps, today(deps.clock));
    const body = renderGrantForm(desk.site(request), await desk.officer(request), {
      ...shown,
      ...(earlier ? { renews: await page(earlier) } : {}),
    });
    return desk.send(request, reply, body);
  }

  /** A short name of an institution of this service, or a DID. @throws Problem `invalid-request` */
  async function partyOf(typed = ''): Promise<string> {
    const text = typed.trim();
    if (text === '') throw fieldProblem('invalid-request', '/accredited', 'is required', 'required');
    if (isDid(text as unknown)) return text;
    const slug = text.replace(`${publicUrl}/institutions/`, '');
    const known = /^[a-z0-9-]{1,100}$/.test(slug) ? await institutions.get(slug) : undefined;
    if (!known) throw fieldProblem('invalid-request', '/accredited', 'is no institution here', 'no_institution');
    return institutions.didOf(slug);
  }

  return {
    async getConsoleGrantForm(request, reply) {
      const { renews } = request.query as { renews?: string };
      if (renews === undefined) return form(request, reply, { typed: { verb: 'accredit', role: 'Award' } });
      const earlier = await mustRenew(request, renews);
      const { validUntil } = earlier.grant;
      // Begins where the other one ends.
      const typed: Typed = validUntil === undefined ? {} : { validFrom: dayIn(new Date(validUntil)) };
      return form(request, reply, { typed }, earlier);
    },

    async submitConsoleGrant(request, reply) {
      const principal = principalOf(request);
      const typed = request.body as Form;
      const earlier = typed.renews === undefined ? undefined : await mustRenew(request, typed.renews);
      try {
        const common = commonOf(typed);
        const input: GrantInput = earlier
          ? { ...common, ...renewed(earlier, common.validFrom) }
          : { ...common, ...grantOf(typed), accredited: await partyOf(typed.accredited) };
        const row = await accreditations.grant(principal.tenant, input, actorOf(principal));
        return desk.go(request, reply, `/console/grants/${row.accreditationId}`);
      } catch (error) {
        const { status, ...problem } = shownProblem(error);
        return form(request, reply.code(status), { typed: { ...typed }, problem }, earlier);
      }
    },
  };
}

/** What every grant has: its time, what it rests on, its conditions. */
function commonOf(form: Form): Pick<GrantInput, 'validFrom'> & Partial<GrantInput> {
  const instruments = [0, 1] as const;
  const legalInstrument = instruments.flatMap(
    (at) =>
      instrumentOf({
        kind: form[`kind${at}`] ?? '',
        number: form[`number${at}`] ?? '',
        series: form[`series${at}`] ?? '',
        date: form[`date${at}`] ?? '',
        url: form[`url${at}`] ?? '',
      }) ?? [],
  );
  const condition = (form.condition ?? '').split('\n').flatMap((line) => line.trim() || []);
  const validFrom = form.validFrom?.trim() ?? '';
  if (validFrom === '') throw fieldProblem('invalid-request', '/validFrom', 'is required', 'required');
  return {
    validFrom,
    ...(form.lastDay?.trim() ? { validUntil: dayAfter(form.lastDay.trim()) } : {}),
    ...(form.decisionDate?.trim() ? { decisionDate: form.decisionDate.trim() } : {}),
    ...(form.provisional === 'yes' ? { provisional: true } : {}),
    ...(legalInstrument.length > 0 ? { legalInstrument } : {}),
    ...(condition.length > 0 ? { condition } : {}),
  };
}

function grantOf(form: Form): Pick<GrantInput, 'verb' | 'role' | 'scope'> {
  const awardType = [form.awardType ?? []].flat();
  if (awardType.length === 0) throw fieldProblem('invalid-request', '/scope/0/awardType', 'is required', 'required');
  const [from, to] = [form.pqfFrom, form.pqfTo].map((one) => one?.trim() ?? '');
  const title = form.trainingRegulation?.trim();
  const scope: AccreditationScope = {
    awardType,
    // One end alone is one level.
    ...(from || to ? { pqfLevelRange: { from: Number(from || to), to: Number(to || from) } } : {}),
    ...(title ? { trainingRegulation: [{ title }] } : {}),
  };
  return { verb: form.verb as AccreditationVerb, role: form.role as AccreditationRole, scope: [scope] };
}

/** The same to the same. Where the earlier one still stands, it ends where this one begins. */
function renewed({ record, grant, standing }: AccreditationView, from: string): Partial<GrantInput> & GrantSame {
  const { accredited, verb, role, scope } = record;
  const begins = legalInstant(from);
  const ended = !IN_FORCE[standing] && standing !== 'suspended' && standing !== 'not_yet';
  const after = begins !== undefined && grant.validUntil !== undefined && begins >= grant.validUntil;
  return {
    ...{ accredited, verb, role, scope, maxDelegationDepth: grant.maxDelegationDepth },
    ...(grant.parent === undefined ? {} : { parent: grant.parent }),
    ...(ended || after ? {} : { supersedes: grant.id }),
  };
}

type GrantSame = Pick<GrantInput, 'accredited' | 'role' | 'scope'>;

/** A period is half-open; people name its last day. What is no day stays as it was, for the use case to say so. */
function dayAfter(day: string): string {
  return isDay(day) ? new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10) : day;
}
