import type { FastifyReply, FastifyRequest } from 'fastify';
import { negotiate } from './negotiate.ts';
import { type CacheKind, publish } from './publish.ts';

/** Media types of a document with an embedded proof (VCDM 2.0 6.2; the older two are what Open Badges tools ask for). */
export const SIGNED = ['application/vc', 'application/vc+ld+json', 'application/ld+json', 'application/json'] as const;
export const PLAIN = ['application/json', 'application/ld+json'] as const;
const SUFFIX = '.json';

export interface Forms {
  /** Bytes as stored; made only when they are asked for. */
  json: string | (() => Promise<string>);
  types: readonly string[];
  page: () => string | Promise<string>;
  cache: CacheKind;
}

/** Takes the suffix off an id in the path: `abc.json` is `abc`, never as a page. */
export function splitSuffix(text: string): { id: string; jsonOnly: boolean } {
  const jsonOnly = text.endsWith(SUFFIX);
  return { id: jsonOnly ? text.slice(0, -SUFFIX.length) : text, jsonOnly };
}

/** One address, a page for people and the document for programs. */
export async function publishForms(request: FastifyRequest, reply: FastifyReply, jsonOnly: boolean, forms: Forms) {
  const offers = jsonOnly ? [...forms.types].reverse() : [...forms.types, 'text/html'];
  const type = negotiate(request.headers.accept, offers);
  const { json, page } = forms;
  const body = type === 'text/html' ? await page() : typeof json === 'string' ? json : await json();
  return publish(request, reply, { body, type, cache: forms.cache, negotiated: true });
}
