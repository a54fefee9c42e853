import type { FastifyReply, FastifyRequest } from 'fastify';
import { negotiate } from './negotiate.ts';
import { type CacheKind, publish } from './publish.ts';

/** Media types of a document with an embedded proof (VCDM 2.0 6.2; the older two are what Open Badges tools ask for). */
export const SIGNED = ['application/vc', 'application/vc+ld+json', 'application/ld+json', 'application/json'] as const;
export const PLAIN = ['application/json', 'application/ld+json'] as const;
/** Of a credential as a signed token (VC-JOSE-COSE 6.1; Open Badges 3.0, 8.2.4 asks for text/plain). */
export const TOKEN = ['application/vc+jwt', 'text/plain'] as const;
const SUFFIX = '.json';

export interface Forms {
  /** Bytes as stored; made only when they are asked for. */
  json: string | (() => Promise<string>);
  types: readonly string[];
  page: () => string | Promise<string>;
  cache: CacheKind;
  /** Of the document alone, where its page may change and it may not. */
  documentCache?: CacheKind;
}

/** Takes the suffix off an id in the path: `abc.json` is `abc`, never as a page. */
export function splitSuffix(text: string): { id: string; jsonOnly: boolean } {
  const jsonOnly = text.endsWith(SUFFIX);
  return { id: jsonOnly ? text.slice(0, -SUFFIX.length) : text, jsonOnly };
}

/** One address, a page for people and the document for programs. */
export async function publishForms(request: FastifyRequest, reply: FastifyReply, jsonOnly: boolean, forms: Forms) {
  const { json, page } = forms;
  const offers: string[] = jsonOnly ? [...forms.types].reverse() : [...forms.types, 'text/html'];
  const type = negotiate(request.headers.accept, offers);
  const body = type === 'text/html' ? await page() : typeof json === 'string' ? json : await json();
  const cache = type === 'text/html' ? forms.cache : (forms.documentCache ?? forms.cache);
  return publish(request, reply, { body, type, cache, negotiated: true });
}
