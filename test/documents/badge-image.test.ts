import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { type BadgeDesign, drawBadge, inspectPng, inspectSvg, rasterise } from '#documents';
import { AWARD_TYPES } from '#framework';

const DESIGN: BadgeDesign = {
  ...{ achievement: '0123456789abcdefghjkmnpqrs', institution: 'specimen-college', specimen: false },
  ...{ awardType: 'HeiMicroCredential', level: 6 },
};
const colourOf = (svg: string) => /stop-color="(#\w+)"/.exec(svg)![1];
const dots = (svg: string) =>
  [...svg.matchAll(/<circle [^>]*r="7"([^>]*)>/g)].map(([, more]) => !more!.includes('none'));

describe('the picture of an achievement that has none', () => {
  it('follows from the achievement alone', async () => {
    const svg = drawBadge(DESIGN);
    expect(drawBadge({ ...DESIGN })).toBe(svg);
    const [first, second] = [await rasterise(svg, 512), await rasterise(svg, 512)];
    expect(Buffer.from(first).equals(second)).toBe(true);
    expect(inspectPng(first)).toEqual({ width: 512, height: 512, textKeywords: [] });
  });

  it('is another for each achievement and has one colour for each institution', () => {
    const names = Array.from({ length: 200 }, (_, at) => `achievement-${at}`);
    const drawn = names.map((achievement) => drawBadge({ ...DESIGN, achievement }));
    expect(new Set(drawn).size).toBeGreaterThan(120);
    expect(new Set(drawn.map(colourOf)).size).toBe(1);
    const institutions = names.map((institution) => colourOf(drawBadge({ ...DESIGN, institution })));
    expect(new Set(institutions).size).toBeGreaterThan(5);
  });

  it('is a still picture for every kind of award, takes nothing from elsewhere and needs no font', () => {
    for (const awardType of [undefined, 'Other', 'constructor', ...AWARD_TYPES.map(({ id }) => id)]) {
      const { awardType: _, ...rest } = DESIGN;
      const svg = drawBadge({ ...rest, ...(awardType === undefined ? {} : { awardType }), specimen: true });
      expect(inspectSvg(Buffer.from(svg))).toEqual({ width: 512, height: 512 });
      expect(svg).not.toMatch(/<text|font|NaN|undefined|Infinity|http(?!:\/\/www\.w3\.org\/2000\/svg")/);
    }
  });

  it('marks the level, and none where there is none', () => {
    for (let level = 1; level <= 8; level++) {
      expect(dots(drawBadge({ ...DESIGN, level }))).toEqual(Array.from({ length: 8 }, (_, at) => at < level));
    }
    const { level: _, ...without } = DESIGN;
    for (const one of [without, { ...DESIGN, level: 0 }, { ...DESIGN, level: 9 }, { ...DESIGN, level: 2.5 }]) {
      expect(dots(drawBadge(one))).toEqual([]);
    }
  });

  it('says SPECIMEN where it is one, and only there', async () => {
    /** Pixels of the band that are in the red of the mark. */
    const red = async (specimen: boolean) => {
      const picture = await loadImage(Buffer.from(await rasterise(drawBadge({ ...DESIGN, specimen }), 512)));
      const canvas = createCanvas(512, 512);
      canvas.getContext('2d').drawImage(picture, 0, 0);
      const { data } = canvas.getContext('2d').getImageData(100, 370, 312, 50);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        count += Number(data[at] === 0x9b && data[at + 1] === 0x2c && data[at + 2] === 0x1f);
      }
      return count;
    };
    expect(await red(true)).toBeGreaterThan(1_500);
    expect(await red(false)).toBe(0);
  });
});
