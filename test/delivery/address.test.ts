import { describe, expect, it } from 'vitest';
import { mailAddress } from '#delivery';

describe('an e-mail address', () => {
  it.each([
    ['amihan@example.org', 'amihan@example.org'],
    ['Amihan.Penaflor+badge@Example.ORG', 'Amihan.Penaflor+badge@example.org'],
    ['señorita@example.org', 'señorita@example.org'],
    ['a@bahaghari-ñ.example', 'a@xn--bahaghari--z6a.example'],
    ["o'neil_#1@sub.domain.example", "o'neil_#1@sub.domain.example"],
  ])('%s is sent to %s', (text, address) => {
    expect(mailAddress(text)?.replace(/xn--bahaghari--\w+/, 'X')).toBe(address.replace(/xn--bahaghari--\w+/, 'X'));
  });

  it.each([
    ...['', '@', 'a', 'a@', '@b.example', 'a@b', 'a@localhost', 'a@127.0.0.1', 'a@[127.0.0.1]', 'a b@c.example'],
    ...['a@b@c.example', 'a@b..example', '.a@b.example', 'a.@b.example', 'a..b@c.example', '"a b"@c.example'],
    ...['a@-b.example', 'a@b-.example', 'a@b.example\r\nBcc: x@y.example', 'a\u202E@b.example', 'a@b.exa\u200Bmple'],
    ...['<a@b.example>', 'A <a@b.example>', 'a@b.example,c@d.example', `${'a'.repeat(65)}@b.example`, 'a@b.example '],
    ...[`a@${'b'.repeat(64)}.example`, `a@${`${'b'.repeat(60)}.`.repeat(5)}example`, 'n\u0303@b.example', 'a@b.123'],
    `${'ñ'.repeat(33)}@b.example`,
  ])('%j is none', (text) => {
    expect(mailAddress(text)).toBeUndefined();
  });

  it('takes no time over anything long', () => {
    for (const text of [`${'a.'.repeat(50_000)}@b.example`, `a@${'b-'.repeat(50_000)}`, '@'.repeat(100_000)]) {
      const started = performance.now();
      expect(mailAddress(text)).toBeUndefined();
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});
