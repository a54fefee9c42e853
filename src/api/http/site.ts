import type { FastifyRequest } from 'fastify';
import type { Site } from '#pages';

/** What every page needs to know. The language is in the address, so that a link shows the same to everybody. */
export function siteOf(request: FastifyRequest, specimen: boolean): Site {
  const query = request.url.split('?')[1];
  const lang = new URLSearchParams(query).get('lang') === 'fil' ? 'fil' : 'en';
  return { lang, specimen, path: request.url };
}
