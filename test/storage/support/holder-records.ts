import type { HolderSessionRecord, HolderWrite, LimitedUse, MailCodeRecord, PrivacyWrite } from '#holders';
import { at } from './records.ts';

export const holderSession = (sessionId: string, tokenSha256: string, n = 0): HolderSessionRecord => ({
  ...{ sessionId, tokenSha256, createdAt: at(n), expiresAt: at(n + 30), identifiers: [] },
});

export const mailCode = (sessionId: string, email: string, more: Partial<MailCodeRecord> = {}): MailCodeRecord => ({
  ...{ sessionId, email, mac: 'ab'.repeat(32), tries: 0, createdAt: at(1), expiresAt: at(20) },
  ...more,
});

export const limitedUse = (key: string, most = 5, n = 0): LimitedUse => ({
  ...{ key, span: at(n), endsAt: at(n + 10), most },
});

/** Every write of the room, in an order in which they work; ids end with the tenant's name. */
export function holderWrites(tenant: string): HolderWrite[] {
  const id = (name: string) => `${name}-${tenant}`;
  const email = `a@${tenant}.example`;
  const code = mailCode(id('holder'), email);
  const of = { sessionId: code.sessionId, email, mac: code.mac, at: at(2) };
  return [
    { op: 'holder.insert', row: holderSession(id('holder'), id('token')) },
    { op: 'holder.insert', row: holderSession(id('over'), id('ended')) },
    { op: 'holder.renew', sessionId: id('holder'), from: id('token'), tokenSha256: id('renewed') },
    { op: 'holder.challenge', sessionId: id('holder'), challenge: id('asked') },
    { op: 'mailCode.insert', row: code, uses: [limitedUse(id('use'))] },
    { op: 'mailCode.try', ...of, most: 5 },
    { op: 'mailCode.use', ...of },
    { op: 'holder.identify', sessionId: id('holder'), identifier: { kind: 'email', value: email, provenAt: at(2) } },
    { op: 'holder.end', sessionId: id('over') },
  ];
}

/** Of the credential `c1` and what is about it. */
export function privacyWrites(tenant: string): PrivacyWrite[] {
  const [credentialId, erasedAt] = [`c1-${tenant}`, at(3)];
  const chosen = { name: 'shown', comparison: 'answered', page: 'shown', chosenAt: at(2) } as const;
  return [
    { op: 'release.choose', row: { tenant, credentialId, ...chosen } },
    { op: 'personal.erase', row: { tenant, erasedAt, kind: 'choice', object: credentialId, kept: 'entry' } },
  ];
}
