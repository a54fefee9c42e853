import fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { Problem, systemClock } from '#kernel';
import { ownOrigin } from '../../src/app/own-origin.ts';

const ORIGIN = 'http://localhost:8480';
const app = fastify();
afterAll(() => app.close());
const ask = ownOrigin(() => app, [ORIGIN], systemClock);

let asked = 0;
app.get('/plain', async () => 'plain');
// A page of this service that looks at an address, as the verify page does.
app.get('/verify', async (request) => {
  asked++;
  const { url } = request.query as { url: string };
  try {
    await new Promise((resolve) => setImmediate(resolve));
    return Buffer.from((await ask(url, '*/*'))!.bytes).toString();
  } catch (error) {
    return error instanceof Problem ? error.kind : 'another error';
  }
});
const textAt = async (path: string) => Buffer.from((await ask(`${ORIGIN}${path}`, '*/*'))!.bytes).toString();

describe('a service that asks itself', () => {
  it('is answered, side by side too, and others are not its business', async () => {
    expect(await Promise.all([textAt('/plain'), textAt('/plain')])).toEqual(['plain', 'plain']);
    expect(await ask('https://elsewhere.example/plain', '*/*')).toBeUndefined();
  });

  it('does not ask itself again from there: no address makes it go round', async () => {
    asked = 0;
    const self = `/verify?url=${encodeURIComponent(`${ORIGIN}/verify?url=${encodeURIComponent(`${ORIGIN}/plain`)}`)}`;
    expect(await textAt(self)).toBe('fetch-refused');
    expect(asked).toBe(1);
    expect(await textAt('/plain')).toBe('plain');
  });
});
