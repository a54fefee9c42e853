import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '#kernel';
import { createLogger } from '../../src/app/logger.ts';
import { createStub, type Stub } from './support/stub.ts';

let stub: Stub;
/** How the verifier of this file answers. */
let verify: (input: { onJudged?: (checks: unknown[]) => void }) => Promise<unknown>;
const logged: string[] = [];
beforeAll(async () => {
  const logger = createLogger('error', { write: (line) => logged.push(line) });
  stub = await createStub({ verifier: { verifyHolding: (input: never) => verify(input) } as never, logger });
});
afterAll(() => stub.app.close());

const ask = (lang = '') =>
  stub.app.inject({ url: `/verify?url=https%3A%2F%2Fslow.example${lang}`, headers: { accept: 'text/html' } });
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));
const judged = {
  check: 'document',
  result: 'pass',
  code: 'conforming',
  message: { en: 'It conforms.', fil: 'Maayos ito.' },
  evidence: {},
};
const REPORT = {
  ...{
    verdict: 'undetermined',
    recognition: 'not_shown',
    standing: 'not_covered',
    profile: 'openbadge',
    specimen: false,
  },
  ...{ sentence: { en: 'Not decided at last.', fil: 'x' }, checkedAt: '2026-01-01T00:00:00Z', checks: [judged] },
};

describe('an answer that takes long', () => {
  it('begins with what was found out here, and no verdict; the answer stands below it', async () => {
    verify = async ({ onJudged }) => {
      onJudged?.([judged]);
      await later(1_500);
      return { report: REPORT };
    };
    const { statusCode, body, headers } = await ask();
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    const [waiting, answer] = body.split('</section>') as [string, string];
    expect(waiting).toContain('Still asking');
    expect(waiting).toContain('It conforms.');
    expect(waiting).not.toContain('Not decided at last');
    expect(answer + body).toContain('Not decided at last.');
    for (const one of ['<main id="main">', '</html>', '<h1']) expect(body.split(one).length, one).toBe(2);
  });

  it('says on the page why there is none, when the status line is gone', async () => {
    verify = async () => {
      await later(1_500);
      throw new Problem('fetch-failed', 'nobody answered');
    };
    const { statusCode, body } = await ask('&lang=fil');
    expect([statusCode, body.includes('role="alert"')]).toEqual([200, true]);
    verify = async () => {
      await later(1_500);
      throw new Error('a fault of ours');
    };
    expect((await ask()).body).not.toContain('a fault of ours');
    // Whoever runs the service learns of it as of any other.
    expect(logged.filter((line) => line.includes('a fault of ours'))).toHaveLength(1);
  });

  it('that is soon there has the status of its problem', async () => {
    verify = async () => {
      throw new Problem('fetch-failed', 'nobody answered');
    };
    expect((await ask()).statusCode).toBe(502);
  });
});
