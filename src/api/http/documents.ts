import type { FastifyReply, FastifyRequest } from 'fastify';
import { negotiate } from './negotiate.ts';
import { type CacheKind, publish } from './publish.ts';

/** Media types of a document with an embedded proof (VCDM 2.0 6.2; the older two are what Open Badges tools ask for). */
export const SIGNED = ['application/vc', 'application/vc+ld+json', 'application/ld+json', 'application/json'] as const;
export const PLAIN = ['application/json', 'application/ld+json'] as const;
/** Of a credential as a signed token (VC-JOSE-COSE 6.1; Open Badges 3.0, 8.2.4 asks for text/plain). */
export const TOKEN = ['application/vc+jwt', 'text/plain'] as const;
const SUFFIX = '.json';
const TOKEN_SUFFIX = '.jwt';

export interface Forms {
  /** Bytes as stored; made only when they are asked for. */
  json: string | (() => Promise<string>);
  types: readonly string[];
  page: () => string | Promise<string>;
  cache: CacheKind;
  /** Of the document alone, where its page may change and it may not. */
  documentCache?: CacheKind;
  /** The same as a signed token, where there is one. */
  token?: string;
}

/** Takes the suffix off an id in the path: `abc.json` is `abc`, never as a page. */
export function splitSuffix(text: string): { id: string; jsonOnly: boolean } {
  const jsonOnly = text.endsWith(SUFFIX);
  return { id: jsonOnly ? text.slice(0, -SUFFIX.length) : text, jsonOnly };
}

/** The same for `abc.jwt`, only ever the token. */
export function splitTokenSuffix(text: string): { id: string; tokenOnly: boolean } {
  const tokenOnly = text.endsWith(TOKEN_SUFFIX);
  return { id: tokenOnly ? text.slice(0, -TOKEN_SUFFIX.length) : text, tokenOnly };
}

/** The token alone. A program that takes anything gets its own media type. */
export function publishToken(request: FastifyRequest, reply: FastifyReply, body: string, cache: CacheKind) {
  const type = negotiate(request.headers.accept, TOKEN);
  return publish(request, reply, { body, type, cache, negotiated: true });
}

/** One address, a page for people and the document for programs. */
export async function publishForms(request: FastifyRequest, reply: FastifyReply, jsonOnly: boolean, forms: Forms) {
  const { json, page, token } = forms;
  const tokens = token === undefined ? [] : TOKEN;
  const offers: string[] = jsonOnly ? [...forms.types].reverse() : [...forms.types, 'text/html', ...tokens];
  const type = negotiate(request.headers.accept, offers);
  if (!jsonOnly && token !== undefined && TOKEN.some((one) => one === type)) {
    return publish(request, reply, { body: token, type, cache: forms.cache, negotiated: true });
  }
  const body = type === 'text/html' ? await page() : typeof json === 'string' ? json : await json();
  const cache = type === 'text/html' ? forms.cache : (forms.documentCache ?? forms.cache);
  return publish(request, reply, { body, type, cache, negotiated: true });
}
