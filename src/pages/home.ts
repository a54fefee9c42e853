import { html } from './html.ts';
import { langQuery, page, type Site, words } from './layout.ts';
import { problemText } from './problem-words.ts';
import { HOLDER } from './words/holder.ts';
import { PEOPLE } from './words/people.ts';
import { REQUEST } from './words/request.ts';

export function renderHome(site: Site, data: { privacyContact?: string }): string {
  const w = words(site.lang);
  const q = langQuery(site.lang);
  return page(
    site,
    w.tagline,
    html`<h1>${w.home_title}</h1><p class="lead">${w.home_lead}</p>
<form class="card" method="get" action="/verify">
<input type="hidden" name="lang" value="${site.lang}">
<div><label for="url">${w.by_url}</label><input id="url" name="url" type="url" required maxlength="2000" placeholder="https://"></div>
<button type="submit">${w.verify_button}</button></form>
<ul class="plain">
<li><a href="/verify${q}">${w.verify_title}</a></li>
<li><a href="/my${q}">${HOLDER.myTitle[site.lang]}</a></li>
<li><a href="/requests${q}">${REQUEST.title[site.lang]}</a></li>
<li><a href="/registry${q}">${w.registry_title}</a></li>
<li><a href="/framework${q}">${w.framework_title}</a> · <a href="/framework/crosswalk${q}">${w.crosswalk_title}</a></li>
<li><a href="/docs${q}">${w.docs_title}</a></li>
<li><a href="/sign-in${q}">${PEOPLE.title[site.lang]}</a></li>
</ul>
${data.privacyContact && html`<p class="note">${w.privacy}: ${data.privacyContact}</p>`}`,
  );
}

/** A problem document for people. */
export function renderProblem(
  site: Site,
  problem: { status: number; type?: string; title: string; detail: string; code?: unknown },
): string {
  const w = words(site.lang);
  const { code } = problem;
  const kind = (problem.type ?? '').replace('urn:tatak:problem:', '');
  const text = problemText({ kind, ...(typeof code === 'string' ? { code } : {}) });
  return page(
    site,
    text?.[site.lang] ?? problem.title,
    html`<h1>${text?.[site.lang] ?? problem.title}</h1><p class="note" lang="en">${problem.detail}</p><p class="code">${problem.status}</p>
<p><a href="/${langQuery(site.lang)}">${w.problem_back}</a></p>`,
  );
}
