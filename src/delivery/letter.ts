import type { MailDefaults } from 'nodemailer';
import type { Letter } from './ports.ts';

/** The library looks nothing up: what is sent is what stands here. */
export const CLOSED = { disableFileAccess: true, disableUrlAccess: true } as const;

/** A letter in the members of nodemailer. Addresses are given apart: nothing is parsed out of text. */
export function toMessage(letter: Letter): MailDefaults {
  const { messageId, date, from, to, subject, text, html, lang } = letter;
  return {
    ...CLOSED,
    ...{ messageId, date: new Date(date), from, subject, text, html },
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    xMailer: false,
    headers: {
      // RFC 3834 section 5: no machine answers it.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': lang,
    },
  };
}
