/** One curve as SVG: both axes logarithmic, colours from the page, a mark and a name for each line beside its colour. */
import type { Curve } from '../growth.ts';
import type { Point } from '../kept.ts';

const [WIDTH, HEIGHT] = [360, 236];
const PLOT = { left: 46, right: 14, top: 12, bottom: 40 };
const MARKS = ['<circle r="3.4"/>', '<rect x="-3.2" y="-3.2" width="6.4" height="6.4" rx="1"/>'];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Three figures at most. */
export const shown = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

/** Of an axis: powers of ten. */
const tick = (power: number): string =>
  (10 ** power).toLocaleString('en', { notation: 'compact', maximumFractionDigits: 3 });

/** @param points ascending, one at least */
export function chart(curve: Pick<Curve, 'title' | 'unit' | 'horizontal'>, points: readonly Point[]): string {
  const names = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
  const all = points.flatMap(({ values }) => Object.values(values));
  const bottom = Math.floor(Math.log10(Math.min(...all)));
  const top = Math.max(Math.ceil(Math.log10(Math.max(...all))), bottom + 1);
  const last = Math.max(Math.log10(points.at(-1)!.n), 1);
  const x = (n: number) => PLOT.left + (Math.log10(n) / last) * (WIDTH - PLOT.left - PLOT.right);
  const y = (value: number) =>
    HEIGHT - PLOT.bottom - ((Math.log10(value) - bottom) / (top - bottom)) * (HEIGHT - PLOT.top - PLOT.bottom);
  const powers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const rows = powers(bottom, top).map((power) => {
    const at = y(10 ** power).toFixed(1);
    const label = `<text x="${PLOT.left - 6}" y="${at}" dy="0.35em" text-anchor="end">${tick(power)}</text>`;
    return `<line class="grid" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${at}" y2="${at}"/>${label}`;
  });
  const columns = powers(0, Math.floor(last)).map((power) => {
    const anchor = power === last ? 'end' : 'middle';
    const at = power === last ? WIDTH - PLOT.right + 6 : x(10 ** power);
    return `<text x="${at.toFixed(1)}" y="${HEIGHT - PLOT.bottom + 16}" text-anchor="${anchor}">${tick(power)}</text>`;
  });
  const lines = names.map((name, index) => {
    const own = points.filter(({ values }) => values[name] !== undefined);
    const path = own.map(({ n, values }) => `${x(n).toFixed(1)},${y(values[name]!).toFixed(1)}`);
    const marks = own.map(({ n, values }, at) => {
      const says = `<title>${escaped(name)}, ${shown(n)}: ${shown(values[name]!)} ${escaped(curve.unit)}</title>`;
      return `<g transform="translate(${path[at]})">${says}${MARKS[index % MARKS.length]}</g>`;
    });
    return `<g class="line line-${index}"><polyline points="${path.join(' ')}"/>${marks.join('')}</g>`;
  });
  const legend = names.map(
    (name, index) =>
      `<li class="line-${index}"><svg viewBox="-5 -5 10 10" aria-hidden="true">${MARKS[index % MARKS.length]}</svg>${escaped(name)}</li>`,
  );
  const label = `${curve.title}: ${curve.unit}, by ${curve.horizontal}`;
  return `<figure><figcaption>${escaped(curve.title)}<small>${escaped(curve.unit)}</small></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(label)}">${rows.join('')}${columns.join('')}
<text x="${(PLOT.left + WIDTH - PLOT.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escaped(curve.horizontal)}</text>${lines.join('')}</svg>
<ul>${legend.join('')}</ul></figure>`;
}
