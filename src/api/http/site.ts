import type { FastifyRequest } from 'fastify';
import { type Lang, langQuery, type Site } from '#pages';

/**
 * What every page needs to know. The language of the address counts, so that a link shows the same to everybody; an address
 * that names none is answered in the language that the browser asks for.
 */
export function siteOf(request: FastifyRequest, specimen: boolean): Site {
  const lang = langInAddress(request) ?? preferred(request.headers['accept-language']);
  return { lang, specimen, path: request.url };
}

/** The language that the address names; undefined for none. What is printed is in English unless its address says otherwise. */
export function langInAddress({ url }: FastifyRequest): Lang | undefined {
  const lang = new URLSearchParams(url.split('?')[1]).get('lang');
  return lang === 'fil' || lang === 'en' ? lang : undefined;
}

/** For where a form leads on to: the language that its address named, if it did. */
export function sameLang(request: FastifyRequest): string {
  const lang = langInAddress(request);
  return lang ? langQuery(lang) : '';
}

/** Browsers say Filipino as `fil` or, after its older name, as `tl` (Tagalog). */
const LANGUAGES: Readonly<Record<string, Lang>> = { en: 'en', fil: 'fil', tl: 'fil' };

/** RFC 9110, 12.5.4: the one of greatest weight, the first of equals; English when neither is asked for. */
function preferred(header = ''): Lang {
  let best: { lang: Lang; weight: number } = { lang: 'en', weight: 0 };
  for (const range of header.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const lang = LANGUAGES[tag.split('-')[0]!];
    const q = parameters.find((one) => one.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (lang && weight > best.weight && weight <= 1) best = { lang, weight };
  }
  return best.lang;
}
