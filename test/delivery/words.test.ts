import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '#delivery';
import { type MailServer, mailServer } from './support/mail-server.ts';
import { FROM, type MailWorld, offer, openMailWorld, PUBLIC, postTo } from './support/world.ts';

let server: MailServer;
let world: MailWorld;
beforeAll(async () => {
  server = await mailServer();
  world = await openMailWorld(postTo(server));
});
afterAll(async () => {
  await world.close();
  await server.close();
});

async function sent(message: Partial<Message> & { content?: unknown }): Promise<{ mail: ParsedMail; raw: string }> {
  const before = server.received.length;
  await world.put(message as Parameters<MailWorld['put']>[0]);
  await world.drain();
  expect(server.received).toHaveLength(before + 1);
  return server.received.at(-1)!;
}

const named = (institution: string, achievement = 'SPECIMEN Data Literacy') =>
  sent({ object: 'offer-0', content: { institution, achievement } });

const MESSAGES: Message[] = [
  offer(),
  { ...offer(), content: { ...(offer().content as object), confirmation: 'txCode' } } as Message,
  { ...offer(), content: { ...(offer().content as object), confirmation: 'email' } } as Message,
  ...[{ learner: 'Ana Reyes' }, {}].map(
    (learner) =>
      ({
        ...offer(),
        content: { ...(offer().content as object), guardianUntil: '2027-03-01', ...learner },
      }) as Message,
  ),
  {
    ...{ tenant: 'system', kind: 'mailCode', to: 'a@example.org', lang: 'en', object: 'x' },
    ...{ expiresAt: '2026-06-01T08:10:00Z', content: { code: '402913' } },
  },
  {
    ...{ tenant: 'system', kind: 'signIn', to: 'a@example.org', lang: 'en', object: 'x' },
    ...{ expiresAt: '2026-06-01T08:01:30Z', content: { link: `${PUBLIC}/sign-in/x`, institution: 'Specimen College' } },
  },
];

describe('what messages say', () => {
  it('an offer: who, what, where, until when', async () => {
    const { mail, raw } = await sent(offer(7));
    expect(mail.subject).toBe('Specimen College: your badge “SPECIMEN Data Literacy”');
    expect(mail.from?.value).toEqual([{ name: 'Specimen College (badges.example.edu)', address: FROM }]);
    expect(mail.text).toContain(`\n\n${PUBLIC}/claim/SECRET-7\n\n`);
    expect(mail.text).toContain('until 1 July 2026');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('content-language')).toBe('en');
    expect(mail.messageId).toMatch(/^<[0-9a-z]{26}@example\.edu>$/);
    expect(mail.html).toContain(`<a href="${PUBLIC}/claim/SECRET-7">`);
    expect(raw).not.toMatch(/nodemailer/i);
    expect(raw.replace(/^To: .*$/m, '')).not.toContain('learner7');
  });

  it('an offer to a guardian: whose, why, until when', async () => {
    const [, , , named, unnamed] = MESSAGES;
    const { mail } = await sent(named!);
    expect(mail.subject).toBe('Specimen College: the badge “SPECIMEN Data Literacy” of a learner you act for');
    expect(mail.text).toContain('to Ana Reyes, for whom you are recorded as guardian');
    expect(mail.text).toContain('because the learner is under age');
    expect(mail.text).toContain('until they come of age on 1 March 2027');
    const { text } = (await sent({ ...unnamed!, lang: 'fil' })).mail;
    expect(text).toContain('Ikaw ang nakatala bilang kanyang guardian');
    expect(text).toContain('Marso 1, 2027');
  });

  it('a code stands in the text and not in the subject', async () => {
    const { mail } = await sent(MESSAGES.find(({ kind }) => kind === 'mailCode')!);
    expect(mail.text).toContain('\n\n402913\n\n');
    expect(mail.text).toContain('10 more minutes');
    expect(mail.subject).toBe('Your code for badges.example.edu');
    expect(mail.from?.value[0]?.name).toBe('Tatak (badges.example.edu)');
  });

  it('every kind speaks both languages, nothing unfilled, text and HTML alike', async () => {
    for (const message of MESSAGES) {
      const [en, fil] = [await sent(message), await sent({ ...message, lang: 'fil' })];
      expect(fil.mail.headers.get('content-language')).toBe('fil');
      expect(fil.mail.subject).not.toBe(en.mail.subject);
      for (const { mail } of [en, fil]) {
        expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/[{}]|undefined|\[object/);
        const words = String(mail.html)
          .replace(/<[^>]+>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim();
        expect(words).toBe(mail.text?.replace(/\s+/g, ' ').trim());
      }
      const shared = en.mail.text!.split('\n\n').filter((line) => fil.mail.text!.includes(line));
      expect(
        shared.every((line) => /^(https:\S+|\d+)$/.test(line)),
        shared.join('|'),
      ).toBe(true);
    }
  });

  it('an institution’s name starts no header and no line (HT-8)', async () => {
    for (const name of [
      'Specimen\r\nBcc: everyone@example.org',
      'Specimen\nSubject: other\n\nbody',
      'Specimen\u0000\u0085\u2028Bcc: x@example.org',
      'Specimen"\r\n <evil@example.org>',
      '=?utf-8?B?WA0KQmNjOiB4QGV4YW1wbGUub3Jn?=',
    ]) {
      const { mail, raw } = await named(name, name);
      const headers = raw.slice(0, raw.indexOf('\r\n\r\n'));
      expect(headers).not.toMatch(/^(bcc|cc|subject: other)/im);
      expect(headers.match(/^(from|to|subject):/gim)).toHaveLength(3);
      expect(mail.from?.value).toHaveLength(1);
      expect(mail.from?.value[0]?.address).toBe(FROM);
      expect(mail.bcc).toBeUndefined();
      expect(mail.subject).not.toMatch(/[\r\n]/);
    }
  });

  it.each([
    ['an address', 'support@bank.example', 'support bank.example (badges.example.edu)'],
    ['letters of two scripts that look alike', 'Sресimen College', 'Tatak (badges.example.edu)'],
    ['direction marks', 'Specimen\u202Eegelloc\u2066\u200F', 'Specimen egelloc (badges.example.edu)'],
    ['nothing that shows', '\u200B\u2060', 'Tatak (badges.example.edu)'],
    ['another script alone', 'Университет', 'Университет (badges.example.edu)'],
    ['accents', 'Kolehiyo ng Peñaflor', 'Kolehiyo ng Peñaflor (badges.example.edu)'],
    ['too much', 'S'.repeat(300), `${'S'.repeat(59)}… (badges.example.edu)`],
  ])('a sender called by %s', async (_, name, shown) => {
    expect((await named(name)).mail.from?.value).toEqual([{ name: shown, address: FROM }]);
  });

  it('a name is no markup and fills nothing in (HT-1)', async () => {
    const bad = '<img src=x onerror=alert(1)>"\'&{link}{host}<a href="javascript:1">';
    const { mail } = await named(bad, bad);
    expect(mail.text).toContain(bad);
    const parts = String(mail.html).match(/<[a-z][^>]*>/gi)!;
    expect(new Set(parts.map((part) => part.slice(1).split(/[\s>]/)[0]))).toEqual(
      new Set(['html', 'head', 'meta', 'body', 'p', 'a']),
    );
    expect(String(mail.html).match(/<a /g)).toHaveLength(1);
  });

  it('a long subject stays short', async () => {
    const { mail } = await named('S'.repeat(300), 'A'.repeat(300));
    expect([...mail.subject!].length).toBeLessThanOrEqual(180);
  });

  it('is what other parsers read too', async () => {
    const { raw } = await named('Kolehiyo ng Peñaflor', 'SPECIMEN Pangunang Lunas');
    expect((await simpleParser(raw)).subject).toBe('Kolehiyo ng Peñaflor: your badge “SPECIMEN Pangunang Lunas”');
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(raw).toMatch(/^[\x00-\x7f]*$/);
  });
});
