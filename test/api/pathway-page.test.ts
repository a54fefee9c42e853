import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PathwayWorld, pathwayWorld } from '../support/pathway-world.ts';

let world: PathwayWorld;
beforeAll(async () => {
  world = await pathwayWorld();
}, 60_000);
afterAll(() => world.service.close());

const html = { accept: 'text/html' };
const get = (query: [string, string][], headers: Record<string, string> = html) =>
  world.service.server.inject({ url: `${world.path}?${new URLSearchParams(query)}`, headers });
const post = (fields: Record<string, string>, query = '') =>
  world.service.server.inject({
    method: 'POST',
    url: world.path + query,
    headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
const heading = (body: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1];
const wrong = (body: string, field: string) =>
  new RegExp(`<p class="wrong" id="${field}-wrong">(.*?)</p>`, 's').exec(body)?.[1];
const badges = (...urls: string[]) => urls.map((url): [string, string] => ['credential', url]);

describe('the page of a pathway', () => {
  it('draws it with the names of the definitions it names', async () => {
    const page = await get([]);
    expect(page.statusCode).toBe(200);
    expect(page.headers['cache-control']).toContain('max-age');
    expect(heading(page.body)).toBe('SPECIMEN Certificate of Three Units');
    expect(page.body).toContain('<span class="name">SPECIMEN Unit One</span>');
    expect(page.body).toContain(
      '<span class="amount">3 × Academic unit (CHED norm), lecture <span class="code">HE-UNIT-18</span></span>',
    );
    expect(page.body).toContain('Conferred by: Specimen College');
  });

  it('answers for the badges in its address, and nobody keeps the answer', async () => {
    const page = await get(badges(...world.units, world.other, world.revoked));
    expect(page.statusCode).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(heading(page.body)).toBe('Specimen: not met yet: 2 of 4 badges count, and 2 things are still missing.');
    expect(page.body).toContain('6 of 9');
    expect(page.body).toContain('>SPECIMEN Unit Two</a>');
    expect(page.body).toContain('from Specimen College');
    expect(page.body).toContain('<span class="code">revoked</span>');
    expect(page.body).toContain('<span class="code">not_asked</span>');
    const one = await get(badges(world.units[0]!));
    expect(heading(one.body)).toContain('1 of 1 badges count');
  });

  it('stays the signed document for programs', async () => {
    const plain = await get([], { accept: 'application/json' });
    const asked = await get(badges(world.units[0]!), { accept: 'application/json' });
    expect(asked.body).toBe(plain.body);
    expect(asked.json().type).toContain('PhPathwayCredential');
  });

  it('answers the form: addresses, pasted badges, and both, in two languages', async () => {
    const [one, two] = world.units;
    const [first, second] = [await world.text(one!), await world.text(two!)];
    for (const fields of [
      { credential: `${one}\r\n  ${two}\n` },
      { text: `${first}\n${second}` },
      { text: `[${first},${second}]` },
      { credential: one!, text: second },
    ]) {
      const page = await post({ credential: '', text: '', date: '', ...fields });
      expect(page.statusCode, Object.keys(fields).join()).toBe(200);
      expect(heading(page.body)).toContain('2 of 2 badges count');
      expect(page.body.includes('Link that asks this again')).toBe(!('text' in fields));
    }
    const page = await post({ credential: one!, date: '2100-01-01' }, '?lang=fil&version=1');
    expect(heading(page.body)).toContain('1 sa 1 na badge ang ibinibilang');
    const link = /href="([^"]*credential=[^"]*)"/.exec(page.body)![1]!.replaceAll('&amp;', '&');
    const again = await world.service.server.inject({ url: link, headers: html });
    expect(heading(again.body)).toBe(heading(page.body));
    expect(link).toContain('version=1');
  });

  it('says at the field what is wrong, and keeps what was typed', async () => {
    const address = 'https://nowhere.invalid/badge';
    const cases: [Record<string, string>, number, string, string][] = [
      [{ credential: ' ' }, 400, 'credential', 'Give at least one badge'],
      [{ credential: world.units[0]!, date: 'soon' }, 400, 'date', 'This is not a day'],
      [{ text: '{"a":1' }, 400, 'text', 'This is not the JSON of badges'],
      [{ text: '[1,2]' }, 400, 'text', 'This is not the JSON of badges'],
      [{ credential: `${world.units[0]} ${world.stranger}` }, 400, 'credential', 'Badge 2'],
      [{ credential: `${world.units[0]} not-an-address` }, 400, 'credential', 'Badge 2 (not-an-address)'],
      [{ credential: address }, 502, 'credential', `Badge 1 (${address})`],
      [{ credential: Array(101).fill(world.units[0]).join('\n') }, 400, 'credential', 'at most 100'],
    ];
    for (const [fields, status, field, text] of cases) {
      const page = await post(fields);
      expect([JSON.stringify(fields).slice(0, 80), page.statusCode]).toEqual([
        JSON.stringify(fields).slice(0, 80),
        status,
      ]);
      expect(wrong(page.body, field), JSON.stringify(fields)).toContain(text);
      expect(page.body).toContain(`aria-describedby="${field}-wrong"`);
      expect(page.body).toContain('role="alert"');
      // The pathway is still there to be read.
      expect(heading(page.body)).toBe('SPECIMEN Certificate of Three Units');
    }
    const long = `{"a":"${'x'.repeat(300 * 1024)}"}`;
    const large = await post({ text: long });
    expect([large.statusCode, wrong(large.body, 'text')]).toEqual([
      413,
      expect.stringContaining('too large for a badge'),
    ]);
    const part = `--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n${long}\r\n--b--\r\n`;
    const headers = { ...html, 'content-type': 'multipart/form-data; boundary=b' };
    const sent = await world.service.server.inject({ method: 'POST', url: world.path, headers, payload: part });
    expect(sent.statusCode).toBe(413);
    const kept = await post({ credential: world.units[0]!, date: 'soon' });
    expect(kept.body).toContain(`>${world.units[0]}</textarea>`);
    const other = await get(badges(world.units[0]!, world.stranger));
    expect([other.statusCode, wrong(other.body, 'credential')]).toEqual([
      400,
      expect.stringContaining('another person'),
    ]);
  });

  it('shows a badge that is not genuine as what it is, without repeating it', async () => {
    const forged = (await world.text(world.units[0]!)).replace('SPECIMEN Unit One', 'SPECIMEN Forged Unit');
    const page = await post({ text: forged });
    expect(page.statusCode).toBe(200);
    expect(heading(page.body)).toContain('0 of 1 badges count');
    expect(page.body).toContain('it is not shown to be genuine');
    expect(page.body).not.toContain('Forged');
  });

  it('is counted as expensive only when it evaluates', async () => {
    const limited = await pathwayWorld({ rateLimits: { address: 1e9, key: 1e9, expensive: 2 } });
    const { server } = limited.service;
    const ask = (url: string) => server.inject({ url, headers: html });
    for (let nth = 0; nth < 5; nth++) expect((await ask(limited.path)).statusCode).toBe(200);
    const statuses = [];
    for (let nth = 0; nth < 3; nth++) {
      statuses.push((await ask(`${limited.path}?credential=${encodeURIComponent(limited.units[0]!)}`)).statusCode);
    }
    expect(statuses).toEqual([200, 200, 429]);
    const form = await server.inject({
      method: 'POST',
      url: limited.path,
      headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'credential=',
    });
    expect(form.statusCode).toBe(429);
    await limited.service.close();
  }, 60_000);

  it('is nowhere for an unknown pathway or version', async () => {
    const { server } = world.service;
    expect(
      (
        await server.inject({
          method: 'POST',
          url: `/pathways/${'0'.repeat(26)}`,
          headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'credential=x',
        })
      ).statusCode,
    ).toBe(404);
    expect((await get([['version', '9'], ...badges(world.units[0]!)])).statusCode).toBe(404);
  });
});
