import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { csvTemplate } from '#jobs';
import { fieldProblem, type JsonObject, LIMITS } from '#kernel';
import { type FormPage, renderClassListForm, renderClassLists } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { asProblem } from '../http/problems.ts';
import { createUploads } from '../http/uploads.ts';
import { createDesk, shownProblem } from './desk.ts';
import { FormRefused, readFileForm } from './upload.ts';

type Operations = 'getConsoleClassLists' | 'getConsoleClassListForm' | 'getConsoleTemplate' | 'submitConsoleClassList';

/** Class lists, the newest first, and the form for a new one. */
export function consoleClassLists(deps: ApiDeps): Handlers<Operations> {
  const { reader, batches } = deps;
  const desk = createDesk(deps);
  const uploads = createUploads();

  async function form(request: FastifyRequest, reply: FastifyReply, shown: FormPage) {
    const officer = await desk.officer(request);
    const achievements = await desk.achievements(principalOf(request).tenant);
    return desk.send(request, reply, renderClassListForm(desk.site(request), officer, { ...shown, achievements }));
  }

  return {
    async getConsoleClassLists(request, reply) {
      const { tenant } = principalOf(request);
      const lists = await desk.listedBatches(await reader.latestBatches({ tenant, limit: LIMITS.pageSizeMax }));
      return desk.send(request, reply, renderClassLists(desk.site(request), await desk.officer(request), lists));
    },

    async getConsoleClassListForm(request, reply) {
      const { achievementId } = request.query as { achievementId?: string };
      return form(request, reply, { typed: achievementId === undefined ? {} : { achievementId } });
    },

    async getConsoleTemplate(_request, reply) {
      reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="class-list.csv"');
      return reply.send(csvTemplate());
    },

    async submitConsoleClassList(request, reply) {
      const principal = principalOf(request);
      const { tenant, person } = principal;
      const by = { tenant, actor: actorOf(principal), ...(person === undefined ? {} : { person }) };
      try {
        const { taken } = await readFileForm(request, reply, uploads, (fields, csv) =>
          batches.create({ ...settingsOf(fields), csv, ...by }),
        );
        return desk.go(request, reply, `/console/class-lists/${taken.batch.batchId}`);
      } catch (error) {
        if (!(error instanceof FormRefused)) throw error;
        const { status, ...problem } = shownProblem(asProblem(error.cause));
        return form(request, reply.code(status), { typed: error.fields, problem });
      }
    },
  };
}

/** What all rows share, as a batch names it. @throws Problem `invalid-request` */
function settingsOf(fields: Readonly<Record<string, string>>): { achievementId: string; options: JsonObject } {
  const { achievementId, awardedDate, include, offer, confirmation, mailLang } = fields;
  if (!achievementId) throw fieldProblem('invalid-request', '/achievementId', 'is required', 'required');
  const options: JsonObject = {
    ...(awardedDate ? { awardedDate } : {}),
    ...(include ? { include: include.split(',') } : {}),
    ...(offer === 'mail' ? { deliver: 'mail' } : offer ? { offer } : {}),
    ...(confirmation ? { confirmation } : {}),
    ...(mailLang ? { lang: mailLang } : {}),
  };
  return { achievementId, options };
}
