import { type Baked, extractPdf, extractPng, extractSvg } from '#documents';
import { Problem } from '#kernel';
import { readJson } from './json.ts';
import { readJwt } from './jwt.ts';
import type { Origin, Read } from './model.ts';
import { openBadges2In } from './open-badges-2.ts';

const READERS: Record<'png' | 'svg' | 'pdf', (bytes: Uint8Array) => Baked | Promise<Baked>> = {
  ...{ png: extractPng, svg: extractSvg, pdf: extractPdf },
};

/** The badge inside a picture or a paper: `{` begins JSON, anything else is a token (Open Badges 3.0, 5.3). @throws Problem */
export async function readImage(kind: keyof typeof READERS, bytes: Uint8Array, origin: Origin): Promise<Read> {
  const { edition, text } = await extract(kind, bytes);
  const from = { ...origin, carriers: [...(origin.carriers ?? []), kind] };
  if (edition === 'open-badges-2')
    return { kind: 'unread', form: 'open-badges-2', ...openBadges2In(text), origin: from };
  return text.startsWith('{') ? readJson(text, from) : readJwt(text, from);
}

/** The code stands where the verify page looks for it. */
async function extract(kind: keyof typeof READERS, bytes: Uint8Array): Promise<Baked> {
  try {
    return await READERS[kind](bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const code = error.errors[0]?.code;
    throw new Problem(error.kind, error.message, { errors: error.errors, cause: error, extensions: { code } });
  }
}
