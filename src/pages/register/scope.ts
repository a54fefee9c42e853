import type { AccreditationScope, DimensionName } from '#accreditation';
import { fill, type Html, html, link, type Part } from '../html.ts';
import { nameOnly } from '../labels.ts';
import type { Lang } from '../layout.ts';
import { DIMENSION, SCOPE_TEXTS } from '../words/scope.ts';

type Titles = Readonly<Record<string, string>>;
type Shown = {
  [Name in DimensionName]-?: (limit: NonNullable<AccreditationScope[Name]>, lang: Lang, titles: Titles) => Part;
};

const SHOWN = 12;

/** Each way to limit a grant, in words. */
const IN_WORDS: Shown = {
  awardType: (limit, lang) =>
    many(
      limit.map((value) => html`${nameOnly('awardType', value, lang)}`),
      lang,
    ),
  pqfLevelRange: ({ from, to }, lang) =>
    fill((from === to ? SCOPE_TEXTS.level : SCOPE_TEXTS.levels)[lang], { from: from, to: to }),
  achievement: (limit, lang, titles) =>
    many(
      limit.map((iri) => titled(iri, titles)),
      lang,
    ),
  achievementVersion: (limit, lang, titles) =>
    many(
      limit.map((range) => html`${titled(range.achievement, titles)}: ${versions(range, lang)}`),
      lang,
    ),
  trainingRegulation: (limit, lang) =>
    many(
      limit.map(({ title, version }) =>
        version === undefined ? html`${title}` : html`${title}, ${fill(SCOPE_TEXTS.version[lang], { from: version })}`,
      ),
      lang,
    ),
  unitOfCompetency: (limit, lang) =>
    many(
      limit.map((value) => html`${value}`),
      lang,
    ),
  psced: (limit, lang) =>
    many(
      limit.map(
        ({ code, edition }) =>
          html`${fill(SCOPE_TEXTS.startingWith[lang], { code })} (${fill(SCOPE_TEXTS.edition[lang], { edition })})`,
      ),
      lang,
    ),
  profession: (limit, lang) =>
    many(
      limit.map((value) => html`${value}`),
      lang,
    ),
  psfSector: (limit, lang) =>
    many(
      limit.map((value) => html`${value}`),
      lang,
    ),
  site: (limit, lang) =>
    many(
      limit.map((value) => link(value, value)),
      lang,
    ),
  psgc: (limit, lang) =>
    many(
      limit.map((code) => fill(SCOPE_TEXTS.startingWith[lang], { code })),
      lang,
    ),
  participationMode: (limit, lang) =>
    many(
      limit.map((value) => html`${nameOnly('participationMode', value, lang)}`),
      lang,
    ),
  maxCredit: ({ system, value }, lang) => html`${value} × ${nameOnly('system', system, lang)}`,
  learningRoute: (limit, lang) =>
    many(
      limit.map((value) => html`${nameOnly('learningRoute', value, lang)}`),
      lang,
    ),
};

/** The kinds of award of all alternatives together, as running text; the profession is part of what a CPD award is. */
export function awardKinds(scope: readonly AccreditationScope[], lang: Lang): string {
  if (scope.length === 0 || scope.some(({ awardType }) => awardType === undefined)) return SCOPE_TEXTS.everyKind[lang];
  const kinds = scope.flatMap(({ awardType = [], profession }) => {
    const of = profession ? ` (${profession.join(', ')})` : '';
    return awardType.map((value) => nameOnly('awardType', value, lang) + of);
  });
  return [...new Set(kinds)].join(', ');
}

/**
 * Everything a scope limits. With several alternatives each stands by itself, with its own kinds of award.
 * @param kindsSaid the kinds of award stand above already: with one alternative they are not said again
 */
export function scopeInWords(
  scope: readonly AccreditationScope[],
  lang: Lang,
  titles: Titles,
  kindsSaid = false,
): Html {
  if (scope.length === 0) return html`${SCOPE_TEXTS.nothing[lang]}`;
  if (scope.length === 1) return limits(scope[0]!, lang, titles, kindsSaid);
  return html`<p class="note">${SCOPE_TEXTS.oneOf[lang]}</p>
<ol class="alternatives">${scope.map((item) => html`<li>${limits(item, lang, titles)}</li>`)}</ol>`;
}

function limits(item: AccreditationScope, lang: Lang, titles: Titles, kindsSaid = false): Html {
  const stated = (Object.keys(IN_WORDS) as DimensionName[]).filter(
    (name) => item[name] !== undefined && !(kindsSaid && name === 'awardType'),
  );
  if (stated.length === 0) return html`<span class="note">${SCOPE_TEXTS.noOther[lang]}</span>`;
  const rows = stated.map((name) => {
    const shown = IN_WORDS[name] as (limit: unknown, lang: Lang, titles: Titles) => Part;
    return html`<li><span class="dim">${DIMENSION[name][lang]}:</span> ${shown(item[name], lang, titles)}</li>`;
  });
  const everyKind = html`<li><span class="dim">${DIMENSION.awardType[lang]}:</span> ${SCOPE_TEXTS.everyKind[lang]}</li>`;
  return html`<ul class="limits">${item.awardType === undefined && !kindsSaid && everyKind}${rows}</ul>`;
}

function versions({ from, to }: { from?: string; to?: string }, lang: Lang): Html {
  if (from === undefined && to === undefined) return html`${SCOPE_TEXTS.everyVersion[lang]}`;
  if (to === undefined) return fill(SCOPE_TEXTS.versionsFrom[lang], { from });
  if (from === undefined) return fill(SCOPE_TEXTS.versionsTo[lang], { to });
  return fill((from === to ? SCOPE_TEXTS.version : SCOPE_TEXTS.versions)[lang], { from, to });
}

const titled = (iri: string, titles: Titles): Html => link(iri, Object.hasOwn(titles, iri) ? titles[iri]! : iri);

/** Two hundred units of competency are a list for a registrar, not for everybody: the rest unfolds. */
function many(items: readonly Html[], lang: Lang): Html {
  const joined = (some: readonly Html[]) => html`${some.map((item, index) => html`${index > 0 && ', '}${item}`)}`;
  if (items.length <= SHOWN + 1) return joined(items);
  const rest = items.slice(SHOWN);
  return html`${joined(items.slice(0, SHOWN))} <details><summary>${fill(SCOPE_TEXTS.more[lang], { count: rest.length })}</summary>${joined(rest)}</details>`;
}
