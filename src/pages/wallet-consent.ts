import { fill, type Html, html } from './html.ts';
import { facts, langQuery, page, type Site, type Words, words } from './layout.ts';

export interface WalletConsentPage {
  badge: string;
  issuer: string;
  /** As the wallet calls itself. */
  wallet?: string;
  /** Where it is sent: an origin, or the scheme of an app. */
  destination: string;
  /** `unknown`: no address is recorded, so nobody can be asked. */
  step: 'address' | 'code' | 'consent' | 'unknown';
  /** The recorded address, as little of it as its owner needs. */
  address?: string;
  /** What became of the last code. */
  code?: 'wrong' | 'dead';
  /** Where its forms go; without a query. */
  action: string;
  form: string;
}

/** Between a wallet and a badge: who asks for what, and whether the person it was awarded to agrees. */
export function renderWalletConsent(site: Site, data: WalletConsentPage): string {
  const w = words(site.lang);
  return page(
    site,
    w.wallet_title,
    html`<h1>${w.wallet_title}</h1>
<div class="card">${facts([
      [w.wallet_badge, data.badge],
      [w.wallet_issuer, data.issuer],
      [w.wallet_wallet, data.wallet === undefined ? w.wallet_unnamed : fill(w.wallet_named, { name: data.wallet })],
      [w.wallet_destination, html`<code>${data.destination}</code>`],
    ])}</div>
${step(site, w, data)}`,
  );
}

function step(site: Site, w: Words, data: WalletConsentPage): Html {
  switch (data.step) {
    case 'unknown':
      return html`<section class="banner tone-unk"><p>${w.wallet_no_address}</p></section>${form(site, data, [no(w)])}`;
    case 'address':
      return html`<p>${fill(w.wallet_address, { address: data.address })}</p>
${form(site, data, [button('send', w.wallet_send), no(w)])}`;
    case 'code':
      return html`${data.code && html`<section class="banner tone-bad" role="alert"><p>${data.code === 'wrong' ? w.wallet_code_wrong : w.wallet_code_dead}</p></section>`}
${data.code === undefined && html`<p>${fill(w.wallet_sent, { address: data.address })}</p>`}
${form(site, data, [
  html`<div><label for="code">${w.wallet_code}</label><input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="20"></div>`,
  button('confirm', w.wallet_confirm),
  second('send', w.wallet_send_again),
  no(w),
])}`;
    case 'consent':
      return html`<section class="banner tone-warn"><p>${w.wallet_warning}</p></section>
${form(site, data, [button('allow', w.wallet_allow), no(w)])}`;
    default:
      throw new Error(`no page for the step ${String(data.step satisfies never)}`);
  }
}

function form(site: Site, data: WalletConsentPage, fields: readonly Html[]): Html {
  return html`<form class="card" method="post" action="${data.action}${langQuery(site.lang)}">
<input type="hidden" name="form" value="${data.form}">
${fields}
</form>`;
}

const button = (action: string, label: string) =>
  html`<button type="submit" name="action" value="${action}">${label}</button>\n`;
/** What is not the next step looks less like it. */
const second = (action: string, label: string) =>
  html`<button class="second" type="submit" name="action" value="${action}">${label}</button>\n`;
const no = (w: Words) => second('deny', w.wallet_deny);
