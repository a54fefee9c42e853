import { PROBLEM_KINDS, Problem, type ProblemKind } from '#kernel';
import { html } from './html.ts';
import { langQuery, page, type Site } from './layout.ts';
import { prose } from './prose.ts';
import { table } from './table.ts';
import { HELP, PROBLEM_HELP } from './words/problem-help.ts';

export const isProblemKind = (text: string): text is ProblemKind => PROBLEM_KINDS.includes(text as ProblemKind);

/** `/problems`: every type there is. */
export function renderProblemKinds(site: Site): string {
  const { lang } = site;
  const rows = PROBLEM_KINDS.map((kind) => {
    const { status, title } = new Problem(kind, '').toDocument();
    return [
      html`<a href="/problems/${kind}${langQuery(lang)}">${kind}</a>`,
      html`<span lang="en">${title}</span>`,
      String(status),
    ];
  });
  return page(
    site,
    HELP.title[lang],
    html`<h1>${HELP.title[lang]}</h1><p class="lead">${HELP.lead[lang]}</p>
${table(HELP.title[lang], ['type', 'title', 'status'], rows)}`,
  );
}

/** `/problems/{kind}`: what whoever meets it does about it. */
export function renderProblemKind(site: Site, kind: ProblemKind): string {
  const { lang } = site;
  const problem = new Problem(kind, '…');
  const { type, title, status, detail } = problem.toDocument();
  return page(
    site,
    title,
    html`<p class="kicker">${status}</p><h1 lang="en">${title}</h1><p class="code">${type}</p>
<h2>${HELP.doing[lang]}</h2><p>${prose(PROBLEM_HELP[kind][lang])}</p><p class="note">${(problem.temporary ? HELP.retry : HELP.noRetry)[lang]}</p>
<h2>${HELP.looks[lang]}</h2><pre lang="en">${JSON.stringify({ type, title, status, detail }, null, 2)}</pre>
<p><a href="/problems${langQuery(lang)}">${HELP.all[lang]}</a> · <a href="/docs${langQuery(lang)}">API</a></p>`,
  );
}
