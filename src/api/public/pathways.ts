import type { FastifyReply, FastifyRequest } from 'fastify';
import { fieldProblem, Problem } from '#kernel';
import { renderPathway, type StackForm } from '#pages';
import { type PathwayRecord, versionOn } from '#pathways';
import type { StackReport } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { publishForms, SIGNED, splitSuffix } from '../http/documents.ts';
import { wantsPage } from '../http/negotiate.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { nameOf } from './names.ts';
import { definitionsIn, namesIn, readPathwayDocument } from './pathway-view.ts';
import { FormError, problemAtField, readStackForm, type StackQuestion } from './stack-form.ts';

interface Query {
  version?: string;
  on?: string;
  credential?: string | string[];
  date?: string;
}

export function publicPathways(deps: ApiDeps): Handlers<'getPathway' | 'submitPathwayPage'> {
  const { reader, verifier, publicUrl, specimen } = deps;

  /** The version that was asked for: by number, or by the day of the catalogue a learner follows; else the latest. */
  async function recordOf(id: string, { version, on }: Query): Promise<PathwayRecord> {
    if (version !== undefined && on !== undefined) {
      throw fieldProblem('invalid-request', '/query/on', 'version and on cannot both be asked for');
    }
    const number = version === undefined ? undefined : Number(version);
    const row = on === undefined ? await reader.pathway(id, number) : await versionOn(reader, id, on);
    if (!row) throw new Problem('not-found', 'there is no such pathway');
    return row;
  }

  async function pageOf(request: FastifyRequest, row: PathwayRecord, form: StackForm, found: Found = {}) {
    const { name, description, conferrer, realism, rule, achievement, legalInstrument, effectivePeriod } =
      readPathwayDocument(row.signed);
    const { version, on } = request.query as Query;
    const asked = on === undefined ? version : String(row.version);
    return renderPathway(siteOf(request, specimen), {
      url: `${publicUrl}/pathways/${row.pathwayId}`,
      name,
      ...(description === undefined ? {} : { description }),
      conferrer: await nameOf(conferrer, deps),
      version: String(row.version),
      ...(asked === undefined ? {} : { askedVersion: asked }),
      ...(achievement === undefined ? {} : { achievement }),
      ...(legalInstrument ? { legalInstrument } : {}),
      ...(effectivePeriod ? { effectivePeriod } : {}),
      specimen: specimen || realism === 'Illustrative',
      root: rule,
      definitions: await definitionsIn(rule, deps),
      names: await namesIn(rule, found.stack, deps),
      form,
      ...found,
    });
  }

  /** The drawing filled in, or the form again with what is wrong at its field. */
  async function answer(request: FastifyRequest, reply: FastifyReply, row: PathwayRecord, form: StackForm) {
    let question: StackQuestion | undefined;
    let shown = form;
    let found: Found = {};
    try {
      question = readStackForm(form);
      const { given, date } = question;
      const credentials = given.map(({ value }) => value);
      const stack = await verifier.evaluateStack({
        ...{ pathway: JSON.parse(row.signed), credentials },
        ...(date === undefined ? {} : { date }),
      });
      const addresses = credentials.filter((one) => typeof one === 'string');
      // What was pasted is not shown again beside an answer about it: a forgery would be repeated.
      shown = { ...form, text: '' };
      found = { stack, ...(addresses.length === credentials.length ? { addresses } : {}) };
    } catch (error) {
      const problem =
        error instanceof FormError
          ? error.problem
          : error instanceof Problem && question && problemAtField(error, question);
      if (!problem) throw error;
      reply.code((error as Problem).status);
      shown = { ...form, problem };
    }
    const body = await pageOf(request, row, shown, found);
    return publish(request, reply, { body, type: 'text/html', cache: 'never' });
  }

  return {
    async getPathway(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { pathwayId: string }).pathwayId);
      const { credential, date } = request.query as Query;
      const row = await recordOf(id, request.query as Query);
      const form = { ...(credential ? { credential: [credential].flat().join('\n') } : {}), ...(date ? { date } : {}) };
      // Only a page has an answer in it: for programs this is the signed document, whatever else is asked.
      if (form.credential && !jsonOnly && wantsPage(request.headers.accept)) return answer(request, reply, row, form);
      return publishForms(request, reply, jsonOnly, {
        json: row.signed,
        types: SIGNED,
        cache: 'definition',
        // A version is never changed; which one holds on a day, or is the latest, is.
        ...((request.query as Query).version === undefined ? {} : { documentCache: 'immutable' as const }),
        page: () => pageOf(request, row, form),
      });
    },

    async submitPathwayPage(request, reply) {
      const { pathwayId } = request.params as { pathwayId: string };
      const row = await recordOf(pathwayId, request.query as Query);
      return answer(request, reply, row, request.body as StackForm);
    },
  };
}

interface Found {
  stack?: StackReport;
  addresses?: string[];
}
