import { type Baked, extractPng, extractSvg } from '#documents';
import { Problem } from '#kernel';
import { readJson } from './json.ts';
import { readJwt } from './jwt.ts';
import type { Origin, Read } from './model.ts';

const READERS = { png: extractPng, svg: extractSvg } as const;

/** The badge inside a picture: `{` begins JSON, anything else is a token (Open Badges 3.0, 5.3). @throws Problem */
export function readImage(kind: keyof typeof READERS, bytes: Uint8Array, origin: Origin): Read {
  const { edition, text } = extract(kind, bytes);
  const from = { ...origin, carriers: [...(origin.carriers ?? []), kind] };
  if (edition === 'open-badges-2') return { kind: 'unread', form: 'open-badges-2', origin: from };
  return text.startsWith('{') ? readJson(text, from) : readJwt(text, from);
}

/** The code stands where the verify page looks for it. */
function extract(kind: keyof typeof READERS, bytes: Uint8Array): Baked {
  try {
    return READERS[kind](bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const code = error.errors[0]?.code;
    throw new Problem(error.kind, error.message, { errors: error.errors, cause: error, extensions: { code } });
  }
}
