import { Problem } from '#kernel';

/**
 * Chooses among offered media types (RFC 9110 12.5.1). Of equal quality the more specific range wins, then the order of
 * the offers, so that a program that takes anything gets the first, and a browser, which names text/html, gets the page.
 * @throws Problem `not-acceptable`
 */
export function negotiate<T extends string>(accept: string | undefined, offers: readonly T[]): T {
  const ranges = (accept ?? '*/*').slice(0, 1_000).split(',').map(parseRange);
  let best: { offer: T; quality: number; weight: number } | undefined;
  for (const offer of offers) {
    const match = ranges
      .filter(({ type }) => covers(type, offer))
      .sort((a, b) => specificity(b.type) - specificity(a.type))[0];
    if (!match || match.quality === 0) continue;
    const weight = specificity(match.type);
    if (!best || match.quality > best.quality || (match.quality === best.quality && weight > best.weight)) {
      best = { offer, quality: match.quality, weight };
    }
  }
  if (!best) throw new Problem('not-acceptable', `this resource exists as ${offers.join(', ')}`);
  return best.offer;
}

/** Whether the caller is a browser looking for a page. */
export function wantsPage(accept: string | undefined): boolean {
  return accept !== undefined && /(?:^|,)\s*text\/html\s*(?:[;,]|$)/i.test(accept.slice(0, 1_000));
}

/** Whether it may be a PDF that the caller of a credential gets: never false when it is, sometimes true when it is not. */
export function wantsPaper(accept: string | undefined): boolean {
  try {
    return negotiate(accept, ['application/json', 'text/html', 'application/pdf']) === 'application/pdf';
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function parseRange(text: string): { type: string; quality: number } {
  const [type, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = q === undefined ? 1 : Number(q.slice(2));
  return { type: type!, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

function covers(range: string, offer: string): boolean {
  return range === '*/*' || range === offer || (range.endsWith('/*') && offer.startsWith(range.slice(0, -1)));
}

function specificity(range: string): number {
  return range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2;
}
