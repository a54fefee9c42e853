import type { FastifyRequest } from 'fastify';
import { type HolderIdentifier, holderActor } from '#holders';
import { type Brought, belongsTo, type ImportSummary } from '#imports';
import { fieldProblem, Problem, present } from '#kernel';
import { ELSEWHERE, type MyImport } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import { pageOf } from '../http/listing.ts';
import type { Handlers } from '../http/operation.ts';
import { tokenOf } from './sessions.ts';

interface TakeRequest {
  url?: string;
  text?: string;
  /** Base64 of a file. */
  content?: string;
  mediaType?: string;
}

/** Badges that a learner brings from elsewhere, to count toward a stack. */
export function holderImports(
  deps: ApiDeps,
): Handlers<
  'listHolderImports' | 'takeHolderImport' | 'readHolderImport' | 'readHolderImportContent' | 'removeHolderImport'
> {
  const { imports, holders, publicUrl } = deps;
  const cookie = holderCookie(publicUrl);

  async function known(request: FastifyRequest): Promise<{ actor: string; holder: HolderIdentifier[] }> {
    const token = await tokenOf(request, { holders, cookie });
    return { actor: holderActor(token), holder: (await holders.session(token))?.identifiers ?? [] };
  }

  const idOf = (request: FastifyRequest) => (request.params as { importId: string }).importId;
  const show = (row: ImportSummary, holder: readonly HolderIdentifier[]) => showImport(row, holder, publicUrl);

  return {
    async listHolderImports(request, reply) {
      const { holder } = await known(request);
      const { offset = '0' } = request.query as { offset?: string };
      const { items, total } = await imports.list(holder, { ...pageOf(request), offset: Number(offset) });
      reply.header('cache-control', 'no-store');
      return { items: items.map((row) => show(row, holder)), total };
    },

    async takeHolderImport(request, reply) {
      cookie.fromHere(request);
      const { holder, actor } = await known(request);
      const brought = broughtBy(request.body as TakeRequest);
      const source = 'url' in brought ? 'url' : 'api';
      const { outcome, imported } = await imports.take({ holder, brought, source, actor });
      reply.code(outcome === 'created' ? 201 : 200).header('cache-control', 'no-store');
      return { outcome, imported: show(imported, holder) };
    },

    async readHolderImport(request, reply) {
      const { holder } = await known(request);
      reply.header('cache-control', 'no-store');
      return show(await imports.read(holder, idOf(request)), holder);
    },

    async readHolderImportContent(request, reply) {
      const { holder } = await known(request);
      const { received, mediaType } = await imports.read(holder, idOf(request));
      // A stranger's bytes at our address: saved, never shown. The policy of every answer lets nothing in them run.
      reply.header('content-disposition', 'attachment').header('cache-control', 'no-store').type(mediaType);
      return reply.send(Buffer.from(received.buffer, received.byteOffset, received.byteLength));
    },

    async removeHolderImport(request, reply) {
      cookie.fromHere(request);
      const { holder, actor } = await known(request);
      await imports.remove(holder, idOf(request), actor);
      return reply.code(204).header('cache-control', 'no-store').send();
    },
  };
}

/** @throws Problem `invalid-request` unless it is exactly one thing */
function broughtBy({ url, text, content, mediaType }: TakeRequest): Brought {
  const said = mediaType === undefined ? {} : { mediaType };
  const given: Brought[] = [
    ...(url === undefined ? [] : [{ url }]),
    ...(text === undefined ? [] : [{ text, ...said }]),
    ...(content === undefined ? [] : [{ bytes: bytesOf(content), ...said }]),
  ];
  const [one, another] = given;
  if (!one || another) throw new Problem('invalid-request', 'give exactly one: url, text or content');
  return one;
}

/** @throws Problem `invalid-request` at `/content` for what is not exactly the base64 of something */
function bytesOf(content: string): Uint8Array {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.toString('base64') !== content) throw fieldProblem('invalid-request', '/content', 'is not base64');
  return new Uint8Array(bytes);
}

/** What one is worth to this holder, as far as was found out last: `counts` is said of what a stack would take. */
type ImportState = 'counts' | 'not_yours' | 'not_verified' | 'not_valid' | 'open_badges_2';

export function stateOf(row: ImportSummary, holder: readonly HolderIdentifier[]): ImportState {
  if (row.format === 'ob2') return 'open_badges_2';
  if (row.verdict === 'invalid') return 'not_valid';
  if (!belongsTo(holder, row)) return 'not_yours';
  return row.verdict === 'valid' ? 'counts' : 'not_verified';
}

function showImport(row: ImportSummary, holder: readonly HolderIdentifier[], publicUrl: string) {
  const { importId: id, format, name, issuerName, credentialId, issuerId, mediaType, receivedSha256: sha256 } = row;
  const { source, address, receivedAt, verdict, sentence, verifiedAt, validFrom } = row;
  const known = { name, issuerName, credentialId, issuerId, address, validFrom: validFrom || undefined };
  return {
    ...{ id, url: `${publicUrl}/holder/imports/${id}`, format, mediaType, sha256, source, receivedAt },
    ...{ verdict, sentence, verifiedAt, state: stateOf(row, holder) },
    ...present(known),
  };
}

/** What the learner's page shows of them. */
export function importsShown(deps: Pick<ApiDeps, 'imports'>, most: number) {
  return async (holder: readonly HolderIdentifier[]): Promise<{ imports: MyImport[]; moreImports: number }> => {
    if (holder.length === 0) return { imports: [], moreImports: 0 };
    const { items, total } = await deps.imports.list(holder, { limit: most, offset: 0 });
    const imports = items.map((row) => ({
      ...{ id: row.importId, state: stateOf(row, holder), sentence: row.sentence, verifiedAt: row.verifiedAt },
      ...(row.name === undefined ? {} : { name: row.name }),
      ...(row.issuerName === undefined ? {} : { issuerName: row.issuerName }),
    }));
    return { imports, moreImports: total - items.length };
  };
}

/** Of a form of the learner's page; a browser sends every field of it, and those left empty say nothing. */
export interface BringForm {
  url?: string;
  text?: string;
  file?: Buffer | string;
}

const WORDS = { created: 'brought', replaced: 'replaced', not_newer: 'notNewer' } as const;

/** @returns the word that says what became of it. @throws Problem as `Imports.take` */
export async function bring(
  { imports }: Pick<ApiDeps, 'imports'>,
  { url, text, file }: BringForm,
  { holder, token }: { holder: readonly HolderIdentifier[]; token: string },
): Promise<(typeof WORDS)[keyof typeof WORDS]> {
  const given: Brought[] = [];
  if (url?.trim()) given.push({ url: url.trim() });
  if (text?.trim()) given.push({ text });
  if (file && file.length > 0) given.push({ bytes: new Uint8Array(Buffer.from(file)) });
  const [brought, another] = given;
  if (!brought || another) {
    const sentence = ELSEWHERE.giveOne;
    throw new Problem('invalid-request', sentence.en, { extensions: { sentence } });
  }
  const source = 'url' in brought ? 'url' : 'upload';
  const { outcome } = await imports.take({ holder, brought, source, actor: holderActor(token) });
  return WORDS[outcome];
}
