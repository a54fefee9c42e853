import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAttestation } from '#attestations';
import { dayIn, LIMITS, Problem } from '#kernel';
import { type CountsToward, renderVerify, type VerifyPage } from '#pages';
import type { CredentialInput, VerifiedHolding } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { nameOf } from './names.ts';
import { matchesOf } from './pathway-matches.ts';

interface Form {
  url?: string;
  text?: string;
  file?: Buffer | string;
  recipient?: string;
}

export function publicVerifyPage(deps: ApiDeps): Handlers<'getVerifyPage' | 'submitVerifyPage'> {
  const show = (request: FastifyRequest, reply: FastifyReply, data: VerifyPage) => {
    const body = renderVerify(siteOf(request, deps.specimen), data);
    return publish(request, reply, { body, type: 'text/html', cache: 'never' });
  };

  /** The report, or the form again with the reason and the status of the problem. */
  async function answer(request: FastifyRequest, reply: FastifyReply, form: Form) {
    const kept = { ...nonEmpty('url', form.url), ...nonEmpty('recipient', form.recipient) };
    try {
      const input = inputOf(form);
      const printed = printedText(input);
      if (printed !== undefined) return show(request, reply, { attestation: await deps.attestations.read(printed) });
      const verified = await deps.verifier.verifyHolding({ ...input, ...nonEmpty('recipient', form.recipient) });
      const toward = await towardOf(verified, deps);
      const { report } = verified;
      const shown = { report, toward, ...('url' in input ? { url: input.url } : {}) };
      return show(request, reply, { ...shown, ...nonEmpty('picture', pictureOf(input, report)) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      reply.code(error.status);
      return show(request, reply, { problem: shown(error), ...kept });
    }
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

const PICTURES: Record<string, string> = { png: 'image/png', svg: 'image/svg+xml' };

/**
 * The uploaded picture, when a badge with a good proof was baked into it (Open Badges 3.0 certification guide: a displayer
 * shows it). As a `data:` address in an image it runs and loads nothing, whatever is in it.
 */
function pictureOf(input: CredentialInput, { checks, credential }: VerifiedHolding['report']): string | undefined {
  if (!('bytes' in input) || !credential) return undefined;
  const { carriers } = checks.find(({ check }) => check === 'document')?.evidence ?? {};
  const type = Array.isArray(carriers) ? PICTURES[String(carriers[0])] : undefined;
  return type && `data:${type};base64,${Buffer.from(input.bytes).toString('base64')}`;
}

/** Of the first page of pathways; the API turns the pages. */
async function towardOf(verified: VerifiedHolding, deps: ApiDeps): Promise<CountsToward> {
  const found = await matchesOf(verified, dayIn(deps.clock.now()), { limit: LIMITS.pageSizeMax }, deps);
  return {
    genuine: verified.holding !== undefined,
    pathways: await Promise.all(
      found.items.map(async (match) => ({
        ...match,
        path: `/pathways/${match.pathwayId}`,
        conferrer: await nameOf(match.conferrer, deps),
      })),
    ),
    more: found.next !== undefined,
  };
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
