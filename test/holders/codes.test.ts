import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CODE_LIMITS } from '#holders';
import { normalEmail } from '#kernel';
import { openWorld, type World } from './support/world.ts';

let on: World;
beforeEach(async () => {
  on = await openWorld();
});
afterEach(() => on.close());

const EMAIL = 'maria@students.example';
const open = async () => (await on.holders.open()).token;
const ask = async (token: string, email = EMAIL) => {
  await on.holders.sendCode({ token, email, lang: 'en' });
  return on.code(normalEmail(email)!);
};
const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');
const proven = async (token: string) => (await on.holders.session(token))!.identifiers.map(({ value }) => value);

describe('a code by mail', () => {
  it('proves the address it was sent to, once, in the session that asked', async () => {
    const token = await open();
    const code = await ask(token);
    expect(code).toMatch(/^\d{6}$/);
    const confirm = () => on.holders.confirmCode({ token, email: EMAIL, code });
    expect([await confirm(), await confirm()]).toEqual(['right', 'dead']);
    expect((await on.holders.session(token))!.identifiers).toEqual([
      { kind: 'email', value: EMAIL, provenAt: '2026-11-24T03:00:00Z' },
    ]);
  });

  it('is worth nothing in another session, for another address, or after ten minutes', async () => {
    const [token, stranger] = [await open(), await open()];
    const code = await ask(token);
    expect(await on.holders.confirmCode({ token: stranger, email: EMAIL, code })).toBe('dead');
    await ask(stranger);
    if (on.code(EMAIL) !== code) {
      expect(await on.holders.confirmCode({ token: stranger, email: EMAIL, code })).toBe('wrong');
    }
    expect(await on.holders.confirmCode({ token, email: 'other@students.example', code })).toBe('dead');
    on.now.at = '2026-11-24T03:10:00Z';
    expect(await on.holders.confirmCode({ token, email: EMAIL, code })).toBe('dead');
    expect([await proven(token), await proven(stranger)]).toEqual([[], []]);
  });

  it('is replaced by the next one', async () => {
    const token = await open();
    const first = await ask(token);
    const second = await ask(token);
    if (first !== second) expect(await on.holders.confirmCode({ token, email: EMAIL, code: first })).toBe('wrong');
    expect(await on.holders.confirmCode({ token, email: EMAIL, code: second })).toBe('right');
  });

  it('may be typed with spaces; what is no code is no guess', async () => {
    const token = await open();
    const code = await ask(token);
    for (const text of ['', '12345', '1234567', 'abcdef', '٣٣٣٣٣٣', `${code}0`, '1'.repeat(10_000)]) {
      expect(await on.holders.confirmCode({ token, email: EMAIL, code: text })).toBe('wrong');
    }
    const typed = ` ${code.slice(0, 3)} ${code.slice(3)}`;
    expect(await on.holders.confirmCode({ token, email: ' MARIA@Students.Example ', code: typed })).toBe('right');
  });
});

describe('PR-6: guessing', () => {
  it('ends after five, and the right code comes too late', async () => {
    const token = await open();
    const code = await ask(token);
    const answers: string[] = [];
    for (let n = 1; n <= 6; n++) {
      answers.push(await on.holders.confirmCode({ token, email: EMAIL, code: other(code, n) }));
    }
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'dead']);
    expect(await on.holders.confirmCode({ token, email: EMAIL, code })).toBe('dead');
    expect(await proven(token)).toEqual([]);
  });

  it('in fifty requests at once: at most five are compared, and the right one proves once', async () => {
    const token = await open();
    const code = await ask(token);
    const guesses = Array.from({ length: 50 }, (_, n) => other(code, n + 1));
    const answers = await Promise.all(
      guesses.map((guess) => on.holders.confirmCode({ token, email: EMAIL, code: guess })),
    );
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'dead')).toHaveLength(45);

    const again = await ask(token);
    const same = await Promise.all(
      Array.from({ length: 50 }, () => on.holders.confirmCode({ token, email: EMAIL, code: again })),
    );
    expect(same.filter((answer) => answer === 'right')).toHaveLength(1);
  });

  it('over many sessions: an address gets five codes an hour and ten a day, whoever asks', async () => {
    const { addressHour, addressDay } = CODE_LIMITS;
    const burst = () => Promise.allSettled(Array.from({ length: 30 }, async () => ask(await open())));
    const ok = (results: PromiseSettledResult<unknown>[]) =>
      results.filter(({ status }) => status === 'fulfilled').length;
    const first = await burst();
    expect(ok(first)).toBe(addressHour);
    const refused = first.find((one) => one.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ kind: 'rate-limited' });
    on.now.at = '2026-11-24T04:00:00Z';
    expect(ok(await burst())).toBe(addressDay - addressHour);
    on.now.at = '2026-11-24T05:00:00Z';
    expect(ok(await burst())).toBe(0);
    // Somebody else is not kept waiting.
    expect(await ask(await open(), 'pedro@students.example')).toMatch(/^\d{6}$/);
    on.now.at = '2026-11-25T00:00:00Z';
    expect(ok(await burst())).toBe(addressHour);
  });

  it('two processes on one store count together, and know each other’s sessions and codes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tatak-holders-'));
    const path = join(directory, 'one.sqlite');
    const [one, two] = [await openWorld({ path }), await openWorld({ path })];
    try {
      const results = await Promise.allSettled(
        [one, two].flatMap(({ holders }) =>
          Array.from({ length: 5 }, async () => {
            const { token } = await holders.open();
            await holders.sendCode({ token, email: EMAIL, lang: 'en' });
          }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(CODE_LIMITS.addressHour);
      const email = 'pedro@students.example';
      const { token } = await one.holders.open();
      await one.holders.sendCode({ token, email, lang: 'en' });
      const code = one.code(email);
      const tries = await Promise.all(
        [one, two].flatMap(({ holders }) =>
          Array.from({ length: 5 }, () => holders.confirmCode({ token, email, code: other(code) })),
        ),
      );
      expect(tries.filter((outcome) => outcome === 'wrong')).toHaveLength(5);
      expect(await two.holders.confirmCode({ token, email, code })).toBe('dead');
      await two.holders.end(token);
      expect(await one.holders.session(token)).toBeUndefined();
    } finally {
      await Promise.all([one.close(), two.close()]);
      rmSync(directory, { recursive: true });
    }
  });

  it('the whole service sends so many an hour, whoever asks and for whom', async () => {
    await on.close();
    on = await openWorld({ codesHour: 3 });
    const all = await Promise.allSettled(
      Array.from({ length: 9 }, async (_, n) => ask(await open(), `b${n}@students.example`)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    on.now.at = '2026-11-24T04:00:00Z';
    expect(await ask(await open())).toMatch(/^\d{6}$/);
  });

  it('one session writes to ten addresses an hour', async () => {
    const token = await open();
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => ask(token, `a${n}@students.example`)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(CODE_LIMITS.sessionHour);
  });
});

describe('an address', () => {
  it.each([
    ['Maria@Students.Example', 'maria@students.example'],
    ['  maria+nc2@students.example\n', 'maria+nc2@students.example'],
    ['m.aria@students.example', 'm.aria@students.example'],
    ['maria@PEÑA.example', 'maria@xn--pea-8ma.example'],
    ['maria@ｓｔｕｄｅｎｔｓ.example', 'maria@students.example'],
  ])('%s is %s', (text, written) => expect(normalEmail(text)).toBe(written));

  it.each(
    [
      ...[
        '',
        '@',
        'maria',
        'maria@',
        '@students.example',
        'maria@localhost',
        'a b@students.example',
        'maria@@x.example',
      ],
      ...[
        'maria@students.example.',
        '"maria"@students.example',
        'maria@[127.0.0.1]',
        'maria@127.0.0.1',
        'a..b@x.example',
      ],
      // Would become ASCII by case mapping, or look the same.
      ...['mar\u212A@students.example', 'm\u0430ria@students.example', 'maria\u200b@students.example'],
      ...[
        'maria@students.example\r\nBcc: x@y.example',
        'a@b.example,c@d.example',
        'a@b.example>',
        `${'a'.repeat(65)}@x.example`,
      ],
      ...[
        `maria@${'a.'.repeat(200)}example`,
        `${'a'.repeat(100_000)}@x.example`,
        'maria@-x.example',
        'maria@x_y.example',
      ],
    ].map((text) => [text.slice(0, 60), text]),
  )('%j is none', (_, text) => expect(normalEmail(text!)).toBeUndefined());

  it('is refused at its field when it is none, and nothing is sent', async () => {
    const token = await open();
    await expect(on.holders.sendCode({ token, email: 'mar\u212A@x.example', lang: 'en' })).rejects.toMatchObject({
      kind: 'invalid-request',
      errors: [{ pointer: '/email' }],
    });
    expect(on.sent).toEqual([]);
  });
});
