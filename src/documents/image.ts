import { isPng } from './png/chunks.ts';
import { inspectPng } from './png/inspect.ts';
import { refuseImage } from './refusal.ts';
import { inspectSvg, isSvg } from './svg/inspect.ts';

export interface ImageFacts {
  mediaType: 'image/png' | 'image/svg+xml';
  width?: number;
  height?: number;
}

/** Keywords under which a badge is baked into a PNG (Open Badges 3.0 5.3.1, and 2.0). */
const BAKED = new Set(['openbadgecredential', 'openbadges']);

/**
 * A picture for a definition. Its first bytes decide what it is; what the sender calls it does not matter.
 * @throws Problem `invalid-image`: neither PNG nor SVG, not acceptable as such, or already holding a badge
 */
export function inspectImage(bytes: Uint8Array): ImageFacts {
  if (isPng(bytes)) {
    const { width, height, textKeywords } = inspectPng(bytes);
    // Baking would put a second one beside it, and then readers disagree about which counts.
    if (textKeywords.some((keyword) => BAKED.has(keyword.toLowerCase()))) {
      throw refuseImage('baked', 'the picture already holds a badge: send the plain picture');
    }
    return { mediaType: 'image/png', width, height };
  }
  if (isSvg(bytes)) return { mediaType: 'image/svg+xml', ...inspectSvg(bytes) };
  throw refuseImage('image_type', 'the file is neither a PNG nor an SVG');
}
