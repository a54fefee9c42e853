import { type Html, html } from '../html.ts';
import { langQuery, type Site, words } from '../layout.ts';
import { SCAN } from '../words/scan.ts';

/**
 * The three ways to hand over a badge, and a fourth where scripts run: `verify.js` shows what is hidden here when the browser
 * can read codes. Its words stand in the page, so that the script has none of its own.
 */
export function form(site: Site, data: { url?: string; recipient?: string }): Html {
  const { lang } = site;
  const w = words(lang);
  return html`<form class="card verify" method="post" action="/verify${langQuery(lang)}" enctype="multipart/form-data">
<div><label for="url">${w.by_url}</label><input id="url" name="url" type="url" maxlength="2000" placeholder="https://" value="${data.url ?? ''}"></div>
<div class="scan" hidden data-none="${SCAN.none[lang]}" data-denied="${SCAN.denied[lang]}" data-found="${SCAN.found[lang]}">
<p class="or">${w.or}</p>
<p><strong>${SCAN.title[lang]}</strong></p>
<p><button type="button" class="second" data-scan="camera">${SCAN.camera[lang]}</button>
<label class="button second">${SCAN.picture[lang]}<input type="file" class="visually-hidden" accept="image/*" data-scan="picture"></label></p>
<video hidden muted playsinline></video>
<p class="note" role="status"></p>
</div>
<p class="or">${w.or}</p>
<div><label for="file">${w.by_file}</label><input id="file" name="file" type="file" accept=".json,.jsonld,.jwt,.jws,.txt,.png,.svg,.pdf,.html,application/json"></div>
<p class="or">${w.or}</p>
<div><label for="text">${w.by_text}</label><textarea id="text" name="text" spellcheck="false"></textarea></div>
<div><label for="recipient">${w.recipient_label}</label><input id="recipient" name="recipient" type="text" maxlength="320" value="${data.recipient ?? ''}"></div>
<button type="submit">${w.verify_button}</button>
<p class="note sending" hidden role="status">${SCAN.sending[lang]}</p>
</form>
<script src="/assets/verify.js" defer></script>`;
}
