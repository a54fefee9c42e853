import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
}, 60_000);
afterAll(() => service.close());

async function page(url: string, wanted?: string) {
  const headers = { accept: 'text/html', ...(wanted === undefined ? {} : { 'accept-language': wanted }) };
  const { body, headers: answered } = await service.server.inject({ url, headers });
  return { body, vary: String(answered.vary ?? ''), lang: /<html lang="(\w+)">/.exec(body)?.[1], etag: answered.etag };
}

describe('the language of a page', () => {
  it.each([
    ['fil', 'fil'],
    ['fil-PH,fil;q=0.9,en-US;q=0.8,en;q=0.7', 'fil'],
    ['tl-PH, en;q=0.5', 'fil'],
    ['en-PH,en;q=0.9,fil;q=0.8', 'en'],
    ['en;q=0.2, FIL;q=0.4', 'fil'],
    ['ceb, fil;q=0.3', 'fil'],
    ['ja', 'en'],
    ['*', 'en'],
    ['fil;q=0, en;q=0', 'en'],
    ['fil;q=nonsense', 'en'],
    ['fil;q=9', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('of an address that names none is what the browser asks for: %j is %s', async (wanted, lang) => {
    expect((await page('/', wanted)).lang).toBe(lang);
  });

  it('of an address that names one is that, whoever asks, and caches know which depends on the browser', async () => {
    for (const lang of ['en', 'fil']) {
      for (const wanted of ['en', 'fil']) {
        const shown = await page(`/framework?lang=${lang}`, wanted);
        expect([shown.lang, shown.vary], `${lang} ${wanted}`).toEqual([lang, expect.not.stringContaining('Language')]);
      }
    }
    expect((await page('/framework', 'fil')).vary).toContain('Accept-Language');
    expect((await page('/framework', 'fil')).etag).not.toBe((await page('/framework', 'en')).etag);
    const missing = await page('/credentials/00000000000000000000000000', 'fil');
    expect(missing.lang).toBe('fil');
  });

  it('stays what was chosen: every link to another page of this service names it', async () => {
    for (const url of [
      '/',
      '/verify',
      '/framework',
      '/registry',
      '/my',
      '/sign-in',
      '/requests',
      '/privacy',
      '/docs',
    ]) {
      for (const [lang, other] of [
        ['en', 'fil'],
        ['fil', 'en'],
      ]) {
        const { body } = await page(`${url}?lang=${lang}`, other);
        const links = [...body.matchAll(/<(?:a|form)\b[^>]*? (?:href|action)="(\/[^"]*)"/g)].map(([, to]) => to!);
        const plain = links.filter(
          (to) => !to.includes(`lang=${lang}`) && !/^\/(?:openapi|assets|registry\/|$)/.test(to),
        );
        expect(
          plain.filter((to) => !to.endsWith(`lang=${other}`)),
          `${url} ${lang}`,
        ).toEqual(url === '/' ? ['/verify'] : url === '/registry' ? ['/registry'] : []);
        // The form of a question keeps it in a field.
        if (url === '/') expect(body).toContain(`<input type="hidden" name="lang" value="${lang}">`);
      }
    }
  });
});

describe('the privacy notice', () => {
  it('says who answers for it by the settings, what is kept for how long, and where to complain', async () => {
    const on = await openService(
      {},
      {
        TATAK_OPERATOR_NAME: 'SPECIMEN Operator <1>',
        TATAK_OPERATOR_ADDRESS: '1 SPECIMEN Street',
        TATAK_PRIVACY_CONTACT: 'privacy@specimen.example',
        TATAK_CORRECTIONS_CONTACT: 'https://specimen.example/corrections',
      },
    );
    try {
      const read = async (url: string) => (await on.server.inject({ url, headers: { accept: 'text/html' } })).body;
      const english = await read('/privacy?lang=en');
      for (const text of [
        ...['SPECIMEN Operator &lt;1&gt;', '1 SPECIMEN Street', 'mailto:privacy@specimen.example', '12 hours at most'],
        ...['No lawyer has read this notice', 'RA 10173', 'National Privacy Commission', 'https://privacy.gov.ph'],
        ...['30 days', '10 minutes', 'href="/my?lang=en"', '16(e)'],
      ]) {
        expect(english).toContain(text);
      }
      const filipino = await read('/privacy?lang=fil');
      for (const text of ['Walang abogadong nakabasa', 'RA 10173', 'https://privacy.gov.ph'])
        expect(filipino).toContain(text);
      for (const body of [await read('/?lang=en'), english]) expect(body).toContain('href="/privacy?lang=en"');
      expect(await read('/framework/crosswalk')).toContain('href="https://specimen.example/corrections"');
    } finally {
      await on.close();
    }
  });

  it('says it plainly where the operator says nothing', async () => {
    expect((await page('/privacy?lang=en')).body.split('Not stated by the operator').length).toBe(4);
  });
});
