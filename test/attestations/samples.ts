import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Statement } from '../../src/attestations/model.ts';
import { ISSUER } from '../support/golden-badge.ts';

export const AS_OF = '2026-11-20T03:00:00Z';

/** A badge whose every field is as long as real ones are. */
export const statement = (members: Partial<Statement> = {}): Statement => ({
  issuer: ISSUER,
  badge: 'https://badges.example.ph/credentials/0123456789abcdefghjkmnpqrs',
  asOf: AS_OF,
  sha256: '3b9f6c1d'.repeat(8),
  achievement: 'https://badges.example.ph/achievements/malayang-kolehiyo/zyxwvtsrqpnmkjhgfedcba9876',
  name: 'SPECIMEN Micro-credential in Community Health Data Collection and Reporting',
  awarded: '2026-11-02',
  status: 'active',
  specimen: true,
  ...members,
});

/** As long as a name on a certificate gets: 120 characters, not all of one byte. */
export const LONG_NAME =
  'María Concepción Peñaflorida-Dimaculangan Villanueva y Fernández de los Santos, Ph.D., R.N., M.A.N., LPT, Jr. (Nuñez III)'.slice(
    0,
    120,
  );

/** Pixels of 30 mm at 300 dots an inch. */
const SIDE = 354;
const PAGE = 500;

/**
 * A code as a scanner sees it on paper: the symbol 30 mm wide, its quiet zone around it, 300 dots an inch, a little out of
 * focus and turned.
 * @param blur radius in pixels; @param degrees clockwise
 */
export async function scanned(svg: string, blur: number, degrees: number) {
  const modules = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]);
  const side = Math.round((SIDE * modules) / (modules - 8));
  const sized = svg.replace('<svg ', `<svg width="${side}" height="${side}" `);
  const image = await loadImage(Buffer.from(sized));
  const page = createCanvas(PAGE, PAGE);
  const draw = page.getContext('2d');
  draw.fillStyle = '#fff';
  draw.fillRect(0, 0, PAGE, PAGE);
  draw.filter = `blur(${blur}px)`;
  draw.translate(PAGE / 2, PAGE / 2);
  draw.rotate((degrees * Math.PI) / 180);
  draw.drawImage(image, -side / 2, -side / 2, side, side);
  return { data: new Uint8ClampedArray(draw.getImageData(0, 0, PAGE, PAGE).data), side: PAGE, page };
}
