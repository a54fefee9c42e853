import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig, readSecrets } from '#app';
import { mailTo, outbox } from '../support/outbox.ts';
import { openService } from '../support/service.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-mail-settings-'));
afterAll(() => rmSync(directory, { recursive: true }));

const production = {
  TATAK_PUBLIC_URL: 'https://badges.example.edu',
  TATAK_PASSPHRASE: 'a passphrase of some length',
  TATAK_TRUST_ANCHORS: 'did:web:council.example',
  TATAK_PRIVACY_CONTACT: 'privacy@example.edu',
  TATAK_DATA: directory,
};
const FROM = { TATAK_MAIL_FROM: 'badges@example.edu' };
const smtpOf = (url: string) => {
  const env = { ...production, ...FROM, TATAK_SMTP_URL: url };
  return readSecrets(env, readConfig(env)).smtp;
};

describe('settings of mail', () => {
  it('in production there is none without a mail server, and a folder is no server', () => {
    expect(readConfig(production).mail).toBeUndefined();
    expect(readSecrets(production, readConfig(production)).smtp).toBeUndefined();
    expect(() => readConfig({ ...production, TATAK_MAIL_DIR: directory })).toThrow(/TATAK_MAIL_DIR: only with/);
  });

  it('on a loopback address mail is written to a folder', () => {
    expect(readConfig({ TATAK_DATA: directory }).mail).toEqual({
      ...{ from: 'tatak@localhost.localdomain', server: false, directory: join(directory, 'mail') },
    });
    expect(readConfig({ TATAK_MAIL_DIR: '/elsewhere' }).mail?.directory).toBe('/elsewhere');
    const server = { TATAK_SMTP_URL: 'smtp://localhost:2525', ...FROM };
    expect(readConfig(server).mail).toEqual({ from: 'badges@example.edu', server: true });
  });

  it.each([
    [{ TATAK_SMTP_URL: 'smtp://mail.example.edu' }, 'TATAK_MAIL_FROM: missing'],
    [{ TATAK_SMTP_URL: 'smtp://a.example', TATAK_SMTP_URL_FILE: '/x', ...FROM }, 'not both'],
    [{ TATAK_MAIL_FROM: 'Badges <badges@example.edu>' }, 'not an e-mail address'],
    [{ TATAK_MAIL_FROM: 'badges@example.edu\r\nBcc: x@example.org' }, 'not an e-mail address'],
    [{ TATAK_MAIL_FROM: 'señal@example.edu' }, 'only ASCII'],
  ])('refuses %o', (env, problem) => {
    expect(() => readConfig({ ...production, ...env })).toThrow(problem);
  });

  it.each([
    ['smtp://mail.example.edu', { host: 'mail.example.edu', port: 587, tls: 'starttls' }],
    ['smtps://mail.example.edu', { host: 'mail.example.edu', port: 465, tls: 'implicit' }],
    ['smtp://localhost:2525', { host: 'localhost', port: 2525, tls: 'none' }],
    ['smtp://[::1]:25', { host: '::1', port: 25, tls: 'none' }],
    ['smtp://localhost.example.edu:25', { host: 'localhost.example.edu', port: 25, tls: 'starttls' }],
    [
      'smtps://badges%40example.edu:p%2Fw%3A%20x@mail.example.edu:10465/',
      {
        ...{ host: 'mail.example.edu', port: 10_465, tls: 'implicit' },
        auth: { user: 'badges@example.edu', pass: 'p/w: x' },
      },
    ],
  ])('%s', (url, server) => {
    expect(smtpOf(url)).toEqual(server);
  });

  it.each([
    ...['http://mail.example.edu', 'mail.example.edu:587', 'smtp://', 'smtp://HIDDEN@mail.example.edu'],
    ...['smtp://u:HIDDEN@mail.example.edu/?tls=none', 'smtp://u:HIDDEN%zz@mail.example.edu', 'smtp://u:HIDDEN@:5'],
    'smtp://u:HIDDEN@mail.example.edu/path',
  ])('%s is refused, and not repeated', (url) => {
    expect(() => smtpOf(url)).toThrow(/TATAK_SMTP_URL: must/);
    expect(() => smtpOf(url)).not.toThrow('HIDDEN');
  });

  it('the address of the server may lie in a file', () => {
    const file = join(directory, 'smtp');
    writeFileSync(file, 'smtps://u:p@mail.example.edu\n');
    const env = { ...production, ...FROM, TATAK_SMTP_URL_FILE: file };
    expect(readSecrets(env, readConfig(env)).smtp?.auth).toEqual({ user: 'u', pass: 'p' });
    const gone = { ...env, TATAK_SMTP_URL_FILE: join(directory, 'none') };
    expect(() => readSecrets(gone, readConfig(gone))).toThrow(/TATAK_SMTP_URL_FILE: cannot be read/);
  });
});

describe('a service without a mail server', () => {
  it('writes messages where only its owner reads them, and says so', async () => {
    const service = await openService();
    const { transactor } = service.app.storage;
    const row = {
      ...{
        tenant: 'system',
        mailId: '0123456789abcdefghjkmnpqrs',
        kind: 'mailCode' as const,
        to: 'amihan@example.org',
      },
      ...{ lang: 'fil' as const, object: 'x', content: '{"code":"402913"}', state: 'queued' as const, attempts: 0 },
      ...{ dueAt: '2026-01-01T00:00:00Z', createdAt: '2026-01-01T00:00:00Z' },
    };
    await transactor.commit([{ op: 'mail.queue', row, forgetBefore: '2026-01-01T00:00:00Z' }]);
    const mail = await mailTo(service, 'amihan@example.org');
    expect(mail.text).toContain('402913');
    const folder = join(service.directory, 'mail');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const name = '2026-01-01T000000Z-0123456789abcdefghjkmnpqrs.eml';
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(/\r\nSubject: /);
    expect(await outbox(service, 'nobody@example.org')).toEqual([]);
    await service.close();
  });
});
