import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAttestation } from '#attestations';
import { Problem } from '#kernel';
import { namedIn, renderVerify, type VerifyPage, verifyContent, verifyFrame, verifyWaiting } from '#pages';
import type { Check, CredentialInput, VerifiedHolding } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { within } from '../http/within.ts';
import { keepReport } from './kept-reports.ts';
import { namesOf } from './names.ts';
import { towardOf } from './toward.ts';

interface Form {
  url?: string;
  text?: string;
  file?: Buffer | string;
  recipient?: string;
  keep?: 'yes';
}

/** An answer that takes longer is begun with what is known already. Milliseconds. */
const PATIENCE_MS = 1_200;

/** What the page shows, and the problem for the status line. */
interface Answered {
  data: VerifyPage;
  problem?: Problem;
}

export function publicVerifyPage(deps: ApiDeps): Handlers<'getVerifyPage' | 'submitVerifyPage'> {
  const show = (request: FastifyRequest, reply: FastifyReply, data: VerifyPage) => {
    const body = renderVerify(siteOf(request, deps.specimen), data);
    return publish(request, reply, { body, type: 'text/html', cache: 'never', open: true });
  };

  /** The report, or the form again with the reason. */
  async function find(
    request: FastifyRequest,
    form: Form,
    onJudged: (checks: readonly Check[]) => void,
  ): Promise<Answered> {
    const asked = { ...nonEmpty('url', form.url), ...nonEmpty('recipient', form.recipient) };
    try {
      const input = inputOf(form);
      const printed = printedText(input);
      if (printed !== undefined) {
        const attestation = await deps.attestations.read(printed);
        return { data: { attestation, ...(await keptIf(form, request, attestation, [])) } };
      }
      const verified = await deps.verifier.verifyHolding({
        ...input,
        ...nonEmpty('recipient', form.recipient),
        onJudged,
      });
      const { report } = verified;
      const [toward, names] = await Promise.all([towardOf(verified, deps), namesOf(namedIn(report), deps)]);
      const shown = { report, names, toward };
      const kept = await keptIf(form, request, report, namedIn(report));
      return { data: { ...shown, ...asked, ...kept, ...nonEmpty('picture', pictureOf(input, report)) } };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { data: { problem: shown(error), ...asked }, problem: error };
    }
  }

  async function keptIf(form: Form, request: FastifyRequest, report: object, dids: readonly string[]) {
    return form.keep ? { kept: await keepReport(request, report, dids, deps) } : {};
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, form: Form) {
    let judged: readonly Check[] = [];
    const finding = find(request, form, (checks) => {
      judged = checks;
    });
    const soon = await within(PATIENCE_MS, finding);
    if (soon) {
      if (soon.problem) reply.code(soon.problem.status);
      return show(request, reply, soon.data);
    }
    const site = siteOf(request, deps.specimen);
    const [before, after] = verifyFrame(site);
    async function* pieces() {
      yield before + verifyWaiting(judged, site.lang).text;
      // The status line has been sent: whatever comes now is told in the page.
      const { data } = await finding.catch((error: unknown) => {
        request.log.error({ err: error, requestId: request.id }, 'request failed');
        return { data: { problem: UNFINISHED } };
      });
      yield verifyContent(site, data).text + after;
    }
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return reply.send(Readable.from(pieces()));
  }

  return {
    async getVerifyPage(request, reply) {
      const { url } = request.query as { url?: string };
      return url === undefined ? show(request, reply, {}) : answer(request, reply, { url });
    },

    async submitVerifyPage(request, reply) {
      return answer(request, reply, request.body as Form);
    },
  };
}

const UNFINISHED: VerifyPage['problem'] = { kind: 'internal', detail: 'the check could not be finished; try again' };

/** A larger picture is not sent back: on a slow link the answer is worth more, and forty of them at once would hold the process. */
const SHOWN_BYTES = 512 * 1024;

const PICTURES: Record<string, string> = { png: 'image/png', svg: 'image/svg+xml' };

/**
 * The uploaded picture, when a badge with a good proof was baked into it (Open Badges 3.0 certification guide: a displayer
 * shows it). As a `data:` address in an image it runs and loads nothing, whatever is in it.
 */
function pictureOf(input: CredentialInput, { checks, credential }: VerifiedHolding['report']): string | undefined {
  if (!('bytes' in input) || !credential || input.bytes.length > SHOWN_BYTES) return undefined;
  const { carriers } = checks.find(({ check }) => check === 'document')?.evidence ?? {};
  const type = Array.isArray(carriers) ? PICTURES[String(carriers[0])] : undefined;
  return type && `data:${type};base64,${Buffer.from(input.bytes).toString('base64')}`;
}

/** A field of the form, or what narrows the kind, chooses the words. */
function shown(problem: Problem): VerifyPage['problem'] {
  const code = problem.errors[0]?.pointer.slice(1) || problem.extensions.code;
  return { kind: problem.kind, ...(typeof code === 'string' ? { code } : {}), detail: problem.message };
}

/** What a scanner gives, pasted or in a file. */
function printedText(input: CredentialInput): string | undefined {
  const text = 'text' in input ? input.text : 'bytes' in input ? Buffer.from(input.bytes).toString('latin1') : '';
  return isAttestation(text) ? text : undefined;
}

/** A browser sends every field of the form; those left empty say nothing. */
function inputOf({ url, text, file }: Form): CredentialInput {
  const given: CredentialInput[] = [];
  if (url?.trim()) given.push({ url: url.trim() });
  if (text?.trim()) given.push({ text });
  if (file && file.length > 0) given.push({ bytes: Buffer.from(file) });
  const [input, another] = given;
  if (!input || another) throw new Problem('invalid-request', 'give exactly one: an address, a file or the text');
  return input;
}

function nonEmpty<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value?.trim() ? ({ [name]: value.trim() } as Record<K, string>) : {};
}
