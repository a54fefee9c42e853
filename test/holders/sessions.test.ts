import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from './support/world.ts';

let on: World;
beforeEach(async () => {
  on = await openWorld();
});
afterEach(() => on.close());

const EMAIL = 'maria@students.example';

async function prove(token: string, email = EMAIL): Promise<void> {
  await on.holders.sendCode({ token, email, lang: 'fil' });
  expect(await on.holders.confirmCode({ token, email, code: on.code(email) })).toBe('right');
}

describe('a holder session', () => {
  it('is opened by its token alone, for twelve hours from its beginning, whatever is done in it', async () => {
    const { token, session } = await on.holders.open();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(session.expiresAt).toBe('2026-11-24T15:00:00Z');
    on.now.at = '2026-11-24T14:55:00Z';
    await prove(token);
    expect(await on.holders.session(token)).toMatchObject({ expiresAt: '2026-11-24T15:00:00Z' });
    on.now.at = '2026-11-24T15:00:00Z';
    expect(await on.holders.session(token)).toBeUndefined();
    await expect(on.holders.badges(token)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('is never one that somebody brought', async () => {
    const planted = 'A'.repeat(43);
    for (const token of [undefined, '', planted, `${planted}A`, 'x'.repeat(100_000), '../etc', '%00']) {
      expect(await on.holders.session(token)).toBeUndefined();
    }
    await expect(on.holders.sendCode({ token: planted, email: EMAIL, lang: 'en' })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    expect(on.sent).toEqual([]);
    expect((await on.holders.open()).token).not.toBe(planted);
  });

  it('gets another cookie when something was proven, and the one before is worth nothing', async () => {
    const { token } = await on.holders.open();
    await prove(token);
    const renewed = await Promise.allSettled([on.holders.renew(token), on.holders.renew(token)]);
    const won = renewed.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const next = won[0]!.value;
    expect(await on.holders.session(token)).toBeUndefined();
    expect((await on.holders.session(next))!.identifiers).toMatchObject([{ value: EMAIL }]);
    await expect(on.holders.renew(token)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('ends for whoever has its cookie, thief or owner, and leaves nothing', async () => {
    const { token, session } = await on.holders.open();
    await prove(token);
    await on.holders.sendCode({ token, email: 'other@students.example', lang: 'en' });
    await on.holders.end(token);
    expect(await on.holders.session(token)).toBeUndefined();
    await on.holders.end(token);
    const { reader } = on.storage;
    expect(await reader.holderSession(session.tokenSha256)).toBeUndefined();
    expect(await reader.mailCode(session.sessionId, EMAIL)).toBeUndefined();
    expect(await reader.mailCode(session.sessionId, 'other@students.example')).toBeUndefined();
  });

  it('is forgotten with what it proved once it is over', async () => {
    const { token, session } = await on.holders.open();
    await prove(token);
    on.now.at = '2026-11-25T03:00:00Z';
    await on.holders.open();
    expect(await on.storage.reader.holderSession(session.tokenSha256)).toBeUndefined();
    expect(await on.storage.reader.mailCode(session.sessionId, EMAIL)).toBeUndefined();
  });

  it('AU-4: what is stored opens no session and tells no code', async () => {
    const { token } = await on.holders.open();
    await on.holders.sendCode({ token, email: EMAIL, lang: 'en' });
    const { reader } = on.storage;
    const { createHash, createHmac } = await import('node:crypto');
    const session = await reader.holderSession(createHash('sha256').update(token).digest('hex'));
    const row = await reader.mailCode(session!.sessionId, EMAIL);
    const stored = JSON.stringify([session, row]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(`"${on.code(EMAIL)}"`);
    // Nothing that is stored is the key by which a code becomes what is stored.
    for (const key of Object.values({ ...session, ...row }).filter((value) => typeof value === 'string')) {
      const text = JSON.stringify(['mail code', EMAIL, on.code(EMAIL)]);
      expect(
        createHmac('sha256', key as string)
          .update(text)
          .digest('hex'),
      ).not.toBe(row!.mac);
    }
  });
});
