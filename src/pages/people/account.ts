import type { OfficerSessionRecord, OfficerView, PasskeyRecord } from '#people';
import { fill, type Html, html } from '../html.ts';
import { facts, langQuery, page, type Site, when } from '../layout.ts';
import { ACCOUNT_PROBLEMS, PEOPLE, REFUSAL_WORDS, ROLE_NAMES } from '../words/people.ts';
import { passkeyForm, passkeyScript } from './sign-in.ts';

export interface AccountPage extends OfficerView {
  /** Of institutions, by slug. */
  names: ReadonlyMap<string, string>;
  /** Why the last form changed nothing. */
  problem?: AccountProblem;
}

/** Who has pages there: see the permission of `getConsole`. */
const CONSOLE_ROLES: ReadonlySet<string> = new Set(['issuer', 'approver', 'authority', 'auditor']);

export type AccountProblem = keyof typeof ACCOUNT_PROBLEMS;

/** `/account`: who I am here, what I may act as, my passkeys and my sessions. */
export function renderAccount(site: Site, data: AccountPage): string {
  const { lang } = site;
  const { session, account, passkeys, heldUntil, problem } = data;
  const how = { link: PEOPLE.how_link, passkey: PEOPLE.how_passkey, openid: PEOPLE.how_openid }[session.assurance];
  const acting =
    session.tenant === undefined
      ? PEOPLE.nobody[lang]
      : roleName(data, { tenant: session.tenant, role: session.role! }, lang);
  return page(
    site,
    PEOPLE.account[lang],
    html`<h1>${PEOPLE.account[lang]}</h1>
${problem !== undefined && html`<section class="banner tone-unk" role="alert"><p>${ACCOUNT_PROBLEMS[problem][lang]}</p></section>`}
${heldUntil !== undefined && html`<section class="banner tone-warn"><p>${fill(PEOPLE.held[lang], { until: when(heldUntil, lang) })}</p></section>`}
${facts([
  [PEOPLE.signed_in[lang], account.email],
  [PEOPLE.how[lang], how[lang]],
  [PEOPLE.acting[lang], acting],
])}
${CONSOLE_ROLES.has(session.role ?? '') && html`<p><a class="button" href="/console${langQuery(lang)}">${PEOPLE.console[lang]}</a></p>`}
${formOf(site, 'signOut', html`<button class="quiet" type="submit">${PEOPLE.sign_out[lang]}</button>`)}
${session.assurance !== 'passkey' && passkeys.length > 0 && useNow(site)}
<h2>${PEOPLE.roles[lang]}</h2>${roleList(site, data)}
<h2>${PEOPLE.passkeys[lang]}</h2>${passkeyList(site, passkeys, session)}
<h2>${PEOPLE.sessions[lang]}</h2>${sessionList(site, data)}
${passkeyScript}`,
  );
}

function formOf({ lang }: Site, action: string, fields: Html): Html {
  return html`<form class="inline" method="post" action="/account${langQuery(lang)}"><input type="hidden" name="action" value="${action}">${fields}</form>`;
}

function roleName(
  { names }: AccountPage,
  { tenant, role }: { tenant: string; role: keyof typeof ROLE_NAMES },
  lang: Site['lang'],
) {
  return `${ROLE_NAMES[role][lang]} · ${names.get(tenant) ?? (tenant === 'system' ? PEOPLE.system[lang] : tenant)}`;
}

function useNow(site: Site): Html {
  const { lang } = site;
  const button = html`<p>${PEOPLE.need_passkey[lang]}</p><button type="submit">${PEOPLE.by_passkey[lang]}</button>`;
  return html`${passkeyForm(site, 'use', button)}<p class="note">${PEOPLE.lost[lang]}</p>`;
}

function roleList(site: Site, data: AccountPage): Html {
  const { lang } = site;
  const { roles, session } = data;
  if (roles.length === 0) return html`<p class="note">${PEOPLE.no_roles[lang]}</p>`;
  const rows = roles.map(({ tenant, role, refusal }) => {
    const current = session.tenant === tenant && session.role === role;
    const hidden = html`<input type="hidden" name="institution" value="${tenant}"><input type="hidden" name="role" value="${role}">`;
    const act = html`${hidden}<button type="submit">${PEOPLE.act[lang]}</button>`;
    return html`<li>${roleName(data, { tenant, role }, lang)} ${current && html`<span class="note">(${PEOPLE.now[lang]})</span>`}
${refusal === undefined ? !current && formOf(site, 'act', act) : html`<p class="note">${REFUSAL_WORDS[refusal][lang]}</p>`}</li>\n`;
  });
  return html`<ul class="plain">${rows}</ul>`;
}

function passkeyList(site: Site, passkeys: readonly PasskeyRecord[], session: OfficerSessionRecord): Html {
  const { lang } = site;
  const mayAdd = session.assurance === 'passkey' || (session.assurance === 'link' && passkeys.length === 0);
  const mayRemove = session.assurance === 'passkey' && passkeys.length > 1;
  const rows = passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => {
    const used = lastUsedAt && html`, ${PEOPLE.used[lang]} ${when(lastUsedAt, lang)}`;
    const button = html`<input type="hidden" name="id" value="${credentialId}"><button class="quiet" type="submit">${PEOPLE.remove[lang]}</button>`;
    return html`<li>${name} <span class="note">${PEOPLE.added[lang]} ${when(createdAt, lang)}${used}</span>
${mayRemove && formOf(site, 'removePasskey', button)}</li>\n`;
  });
  const fields = html`<div><label for="passkey-name">${PEOPLE.passkey_name[lang]}</label><input id="passkey-name" name="name" type="text" required maxlength="60" value="${PEOPLE.passkey_default[lang]}"></div>
<button type="submit">${PEOPLE.add[lang]}</button>`;
  return html`${passkeys.length > 0 ? html`<ul class="plain">${rows}</ul>` : html`<p class="note">${PEOPLE.no_passkeys[lang]}</p>`}
${mayAdd && passkeyForm(site, 'add', fields)}`;
}

function sessionList(site: Site, { sessions, session }: AccountPage): Html {
  const { lang } = site;
  const how = { link: PEOPLE.how_link, passkey: PEOPLE.how_passkey, openid: PEOPLE.how_openid };
  const rows = sessions.map(({ sessionId, assurance, createdAt, seenAt }) => {
    const mine = sessionId === session.sessionId;
    const button = html`<input type="hidden" name="id" value="${sessionId}"><button class="quiet" type="submit">${PEOPLE.end[lang]}</button>`;
    return html`<li>${how[assurance][lang]} <span class="note">${PEOPLE.since[lang]} ${when(createdAt, lang)}, ${PEOPLE.seen[lang]} ${when(seenAt, lang)}</span> ${
      mine ? html`<span class="note">(${PEOPLE.this_one[lang]})</span>` : formOf(site, 'endSession', button)
    }</li>\n`;
  });
  return html`<ul class="plain">${rows}</ul>`;
}
