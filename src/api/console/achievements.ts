import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { type JsonObject, Problem, present } from '#kernel';
import { type FormPage, renderAchievementForm, renderConsoleAchievement, renderConsoleAchievements } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { pageOf } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createDesk, nameOf, shownProblem } from './desk.ts';

type Operations =
  | 'getConsoleAchievements'
  | 'getConsoleAchievement'
  | 'getConsoleAchievementForm'
  | 'submitConsoleAchievement';

/** The form, as it arrives. */
interface Form {
  name: string;
  description: string;
  criteria: string;
  awardType?: string;
  regime?: string;
  pqfLevel?: string;
  pqfLevelStatus?: string;
  creditSystem?: string;
  creditValue?: string;
  assessmentType?: string | string[];
  suspendable?: 'yes';
}

export function consoleAchievements(deps: ApiDeps): Handlers<Operations> {
  const { reader, achievements } = deps;
  const desk = createDesk(deps);

  async function form(request: FastifyRequest, reply: FastifyReply, shown: FormPage) {
    return desk.send(request, reply, renderAchievementForm(desk.site(request), await desk.officer(request), shown));
  }

  return {
    async getConsoleAchievements(request, reply) {
      const { items, next } = await reader.achievements(principalOf(request).tenant, pageOf(request));
      const shown = items.map(({ achievementId, version, createdAt, document }) => ({
        ...{ achievementId, version, createdAt, name: nameOf(document, achievementId) },
      }));
      const page = { items: shown, ...(next === undefined ? {} : { next }) };
      const body = renderConsoleAchievements(desk.site(request), await desk.officer(request), page);
      return desk.send(request, reply, body);
    },

    async getConsoleAchievement(request, reply) {
      const { achievementId } = request.params as { achievementId: string };
      const versions = await reader.achievementVersions(achievementId);
      // Another institution's definition is public at its own address; here it does not exist.
      if (versions.length === 0 || versions.some(({ tenant }) => tenant !== principalOf(request).tenant)) {
        throw new Problem('not-found', 'there is no such achievement');
      }
      const officer = await desk.officer(request);
      return desk.send(
        request,
        reply,
        renderConsoleAchievement(desk.site(request), officer, { achievementId, versions }),
      );
    },

    getConsoleAchievementForm: (request, reply) => form(request, reply, { typed: {} }),

    async submitConsoleAchievement(request, reply) {
      const principal = principalOf(request);
      const typed = request.body as Form;
      try {
        const row = await achievements.create({
          achievement: definitionOf(typed),
          ...(typed.suspendable === 'yes' ? { statusPurpose: 'suspension' } : {}),
          ...{ tenant: principal.tenant, actor: actorOf(principal) },
        });
        return desk.go(request, reply, `/console/achievements/${row.achievementId}`);
      } catch (error) {
        const { status, ...problem } = shownProblem(error);
        return form(request, reply.code(status), { typed: { ...typed }, problem });
      }
    },
  };
}

/** What was left empty is not there; what is wrong stays wrong, for the use case to say so. */
function definitionOf(form: Form): JsonObject {
  const text = (value: string | undefined) => value?.replaceAll('\r\n', '\n').trim() || undefined;
  const credit = { system: text(form.creditSystem), value: text(form.creditValue) };
  const { name, description, criteria, awardType, regime, pqfLevel, pqfLevelStatus } = form;
  const level = text(pqfLevel);
  const assessment = [form.assessmentType ?? []].flat();
  const members = {
    ...{ name: text(name) ?? '', description: text(description) ?? '', criteria: { narrative: text(criteria) ?? '' } },
    ...{ awardType: text(awardType), regime: text(regime), pqfLevelStatus: text(pqfLevelStatus) },
    pqfLevel: level === undefined ? undefined : /^[0-9]$/.test(level) ? Number(level) : level,
    credit: credit.system === undefined && credit.value === undefined ? undefined : [present<JsonObject>(credit)],
    assessmentType: assessment.length === 0 ? undefined : assessment,
  };
  return present<JsonObject>(members);
}
