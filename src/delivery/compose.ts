import type { Text } from '#kernel';
import { oneLine, senderName } from './line.ts';
import type { Letter, MailContents, MailKind, MailLang, MailRecord } from './ports.ts';
import { mailCodeWords } from './words/mail-code.ts';
import { offerWords } from './words/offer.ts';
import { signInWords } from './words/sign-in.ts';
import { MINUTES, ONE_MINUTE, type Part, SENT_BY, UNTIL, type Words } from './words/words.ts';

const WORDS: { [K in MailKind]: Words<MailContents[K]> } = {
  offer: offerWords,
  mailCode: mailCodeWords,
  signIn: signInWords,
};

/** Of a name in a sentence, and of the whole subject (RFC 5322 2.1.1 wants short lines; readers cut at about this). */
const NAME_CHARS = 120;
const SUBJECT_CHARS = 180;
const ZONE = 'Asia/Manila';

export interface Sender {
  /** Address all messages come from. */
  from: string;
  /** No trailing slash. */
  publicUrl: string;
}

type Queued = Pick<MailRecord, 'mailId' | 'kind' | 'lang' | 'createdAt' | 'expiresAt'> & {
  to: string;
  /** `MailContents` of its kind; with the link of an offer. */
  content: Record<string, string>;
};

/**
 * What a message says. The same every time but for how long it still is good: one that comes twice has the same
 * Message-ID and date.
 */
export function compose(record: Queued, { from, publicUrl }: Sender, now: Date): Letter {
  const { mailId, kind, lang, content } = record;
  const host = new URL(publicUrl).host;
  const names = Object.entries(content).map(([name, value]) => [name, oneLine(value, NAME_CHARS)] as const);
  const fields = new Map<string, string>([...names, ['host', host]]);
  const { guardianUntil } = content;
  if (guardianUntil !== undefined) fields.set('guardianUntil', dayOf(`${guardianUntil}T00:00:00+08:00`, lang));
  const say = (text: Text) => fill(text[lang], fields);
  // The words of a kind read the content of that kind.
  const words = WORDS[kind] as Words<unknown>;
  const blocks = words.paragraphs(content).flatMap((part): Block[] => {
    if (part === undefined) return [];
    return typeof part === 'string' ? special(part, content, record.expiresAt, lang, now) : [{ text: say(part) }];
  });
  blocks.push({ text: say(SENT_BY) });
  const name = content.institution === undefined ? undefined : senderName(content.institution);
  return {
    messageId: `<${mailId}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: record.createdAt,
    // The host stands there whatever the institution is called.
    from: { name: `${name ?? 'Tatak'} (${host})`, address: from },
    to: record.to,
    subject: oneLine(say(typeof words.subject === 'function' ? words.subject(content) : words.subject), SUBJECT_CHARS),
    text: `${blocks.map(({ text }) => text).join('\n\n')}\n`,
    html: asHtml(blocks, lang),
    lang,
  };
}

interface Block {
  text: string;
  as?: 'link' | 'code';
}

function special(
  part: Part,
  content: Record<string, string>,
  expiresAt: string | undefined,
  lang: MailLang,
  now: Date,
): Block[] {
  if (part === 'link' || part === 'code') return [{ text: content[part]!, as: part }];
  if (expiresAt === undefined) return [];
  if (part === 'until') {
    return [{ text: fill(UNTIL[lang], new Map([['day', dayOf(expiresAt, lang)]])) }];
  }
  const minutes = Math.max(1, Math.floor((Date.parse(expiresAt) - now.getTime()) / 60_000));
  return [{ text: fill((minutes === 1 ? ONE_MINUTE : MINUTES)[lang], new Map([['minutes', String(minutes)]])) }];
}

const dayOf = (instant: string, lang: MailLang): string =>
  new Intl.DateTimeFormat(lang === 'fil' ? 'fil-PH' : 'en-GB', { dateStyle: 'long', timeZone: ZONE }).format(
    new Date(instant),
  );

/** In one pass: what a name contains is never filled in again. */
function fill(text: string, fields: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => fields.get(name) ?? '');
}

function asHtml(blocks: readonly Block[], lang: MailLang): string {
  const paragraphs = blocks.map(({ text, as }) => {
    const safe = escaped(text);
    if (as === 'link') return `<p><a href="${safe}">${safe}</a></p>`;
    return as === 'code'
      ? `<p><strong style="font-size:1.5em;letter-spacing:.15em">${safe}</strong></p>`
      : `<p>${safe}</p>`;
  });
  return `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"></head>\n<body>\n${paragraphs.join('\n')}\n</body></html>\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
