import { type Html, html } from './html.ts';

/** Names in backticks are code. */
export const prose = (text = ''): Html =>
  html`${text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
