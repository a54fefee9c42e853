/** `docs/bench.html`: everything in one file, no script, light and dark, from 360 pixels. */
import { FIGURES, type FigureName, type Measured } from '../figures.ts';
import { CURVES } from '../growth.ts';
import type { Curves, Run } from '../kept.ts';
import { chart, shown } from './chart.ts';

export interface BenchData {
  figures: Measured;
  figuresRun?: Run;
  curves: Curves;
  curvesRun?: Run;
}

const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1d2433;--soft:#5b6473;--rule:#dcd9d0;--one:#0b5c8a;--two:#b4541a}
@media (prefers-color-scheme:dark){:root{--paper:#14181f;--ink:#e8e6df;--soft:#a3abb8;--rule:#323a46;--one:#6cb8e6;--two:#f0a263}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1200px;padding:1.2rem 1rem 3rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}
p{max-width:46rem;margin:.4rem 0}.run{color:var(--soft);font-size:.9rem}
.head{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:.8rem;margin:1.2rem 0}
.head div{border:1px solid var(--rule);border-radius:10px;padding:.7rem .9rem}
.head b{display:block;font-size:1.7rem;line-height:1.15}.head span{color:var(--soft);font-size:.88rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:1.2rem}
figure{margin:0;border:1px solid var(--rule);border-radius:10px;padding:.8rem;min-width:0}
figcaption{font-weight:600}figcaption small{display:block;color:var(--soft);font-weight:400}
figure>svg{display:block;width:100%;height:auto}figure text{fill:var(--soft);font:11px system-ui,sans-serif}
@media (min-width:900px){figure text{font-size:8.5px}}
.grid{stroke:var(--rule)}.line polyline{fill:none;stroke-width:2}
.line-0{color:var(--one)}.line-1{color:var(--two)}.line polyline{stroke:currentColor}.line-1 polyline{stroke-dasharray:6 3}
.line circle,.line rect,li circle,li rect{fill:currentColor}
figure ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.3rem 0 0;padding:0;font-size:.9rem}
figure li svg{width:.75em;height:.75em;margin-right:.4em}
table{border-collapse:collapse;width:100%;font-size:.92rem}td,th{border-top:1px solid var(--rule);padding:.35rem .5rem .35rem 0;text-align:left;vertical-align:top}
td:nth-child(2){white-space:nowrap;text-align:right;padding-right:1rem;font-variant-numeric:tabular-nums}
code{font:.86em ui-monospace,monospace;overflow-wrap:anywhere}
@media (max-width:520px){td{display:block;border:0;padding:0}td:nth-child(2){text-align:left}tr{display:block;border-top:1px solid var(--rule);padding:.45rem 0}}
`;

const HEADLINES: readonly [FigureName, string][] = [
  ['sign.ratio', 'signing one badge'],
  ['issue.ratio', 'issuing one badge, linted and checked'],
  ['verify.ratio', 'verifying one badge'],
  ['http.issue.perSecond', 'credentials a second, one a request'],
  ['batch.sqlite.perSecond', 'rows a second of a class list'],
  ['revoke10k.ms', 'to revoke and publish 10,000'],
];

const withUnit = (name: FigureName, value: number): string => {
  const { unit } = FIGURES[name];
  return unit === 'x' ? `${shown(value)} ×` : unit === '/s' ? `${shown(value)}/s` : `${shown(value)} ${unit}`;
};

const runOf = (what: string, run: Run | undefined): string =>
  run === undefined
    ? ''
    : `<p class="run">${what}: ${run.machine}; last measured ${run.measuredAt.replace('T', ' ').replace('Z', ' UTC')}, ` +
      `${shown(run.load)} processes wanting a core in the minute before.</p>`;

export function benchPage({ figures, figuresRun, curves, curvesRun }: BenchData): string {
  const heads = HEADLINES.filter(([name]) => figures[name] !== undefined).map(
    ([name, says]) => `<div><b>${withUnit(name, figures[name]!)}</b><span>${says}</span></div>`,
  );
  const drawn = Object.entries(CURVES).flatMap(([name, curve]) =>
    curves[name]?.length ? [chart(curve, curves[name])] : [],
  );
  const rows = (Object.keys(FIGURES) as FigureName[]).map((name) => {
    const value = figures[name];
    const said = value === undefined ? 'not measured' : withUnit(name, value);
    return `<tr><td><code>${name}</code></td><td>${said}</td><td>${FIGURES[name].says}</td></tr>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tatak: how fast</title><style>${STYLE}</style></head><body>
<h1>How fast Tatak is</h1>
<p>Ratios (×) are against <code>@digitalbazaar/vc</code> in the same process and run, turn about, medians of CPU time, those of
one badge in rounds that each follow twice as much work of the same kind, uncounted; every document is another one. Everything here is measured again by <code>npm run bench</code> and <code>npm run bench:curves</code>.</p>
${runOf('Figures', figuresRun)}${runOf('Curves', curvesRun)}
<div class="head">${heads.join('')}</div>
<h2>How cost grows</h2><div class="charts">${drawn.join('\n')}</div>
<h2>All figures</h2><table>${rows.join('\n')}</table>
</body></html>
`;
}
