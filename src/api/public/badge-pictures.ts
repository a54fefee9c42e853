import { readCredential } from '#credentials';
import { bakePng, bakeSvg, drawBadge, rasterise } from '#documents';
import { type JsonObject, Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { ownImage, termsOf } from './terms.ts';

const SIDE = 512;
/** Of about 150 KB each. */
const KEPT = 60;

export const PICTURE_TYPES = { png: 'image/png', svg: 'image/svg+xml' } as const;
export type PictureKind = keyof typeof PICTURE_TYPES;

/** Of which achievement a picture is: its document as published or as signed into a badge. */
export interface Pictured {
  tenant: string;
  achievementId: string;
  achievement: JsonObject;
  specimen: boolean;
}

export interface BadgePictures {
  /** What the institution gave the achievement, if it is of this kind, or else a drawing of ours. */
  plain(of: Pictured, kind: PictureKind): Promise<Uint8Array>;
  /** The same with a badge in it. @param text JSON or token, byte for byte as it was signed */
  baked(of: Pictured, kind: PictureKind, text: string): Promise<Uint8Array>;
}

const BAKE = { png: bakePng, svg: bakeSvg } as const;

/** Drawings follow from the achievement alone; the last few are kept as PNG, since making one takes a while. */
export function createBadgePictures({ reader, publicUrl }: Pick<ApiDeps, 'reader' | 'publicUrl'>): BadgePictures {
  const kept = new Map<string, Promise<Uint8Array>>();

  async function given({ achievement }: Pictured, kind: PictureKind): Promise<Uint8Array | undefined> {
    const id = ownImage(achievement, publicUrl).imageUrl?.split('/').at(-1);
    const image = id === undefined ? undefined : await reader.image(id);
    return image?.mediaType === PICTURE_TYPES[kind] ? image.bytes : undefined;
  }

  async function drawn({ tenant, achievementId, achievement, specimen }: Pictured, kind: PictureKind) {
    const { awardType, pqfLevel } = termsOf(achievement);
    const svg = drawBadge({
      achievement: achievementId,
      institution: tenant,
      ...(awardType === undefined ? {} : { awardType }),
      ...(pqfLevel === undefined ? {} : { level: pqfLevel }),
      specimen,
    });
    return kind === 'svg' ? Buffer.from(svg) : raster(svg);
  }

  function raster(svg: string): Promise<Uint8Array> {
    const png = kept.get(svg) ?? rasterise(svg, SIDE);
    // Last used, last forgotten; a failure is not kept.
    kept.delete(svg);
    kept.set(svg, png);
    png.catch(() => kept.delete(svg));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return png;
  }

  return {
    async plain(of, kind) {
      return (await given(of, kind)) ?? drawn(of, kind);
    },
    async baked(of, kind, text) {
      const own = await given(of, kind);
      if (own) {
        try {
          return BAKE[kind](own, text);
        } catch (error) {
          // A picture so large that with the badge nobody would take it, ourselves included.
          if (!(error instanceof Problem && error.kind === 'invalid-image')) throw error;
        }
      }
      return BAKE[kind](await drawn(of, kind), text);
    },
  };
}

/** What a badge is pictured by: what is signed into it. */
export function picturedIn(
  { tenant, achievementId, signed }: { tenant: string; achievementId: string; signed: string },
  specimen: boolean,
): Pictured {
  const model = readCredential(JSON.parse(signed) as JsonObject);
  if (!model) throw new Error(`the stored credential of ${achievementId} cannot be read`);
  const { achievement, ph } = model;
  return {
    ...{ tenant, achievementId, achievement: achievement.document },
    specimen: specimen || ph.realism === 'Illustrative',
  };
}
