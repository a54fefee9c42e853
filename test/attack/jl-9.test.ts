import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isObject, type Json, type JsonObject, Problem, parseStrictJson } from '#kernel';
import { places } from '../support/mutations.ts';
import { type Actor, actor, badge, statusEntry, type World, world } from '../verifier/world.ts';

// Bounded by what it does, not by how busy the machine is.
vi.setConfig({ testTimeout: 120_000 });

let on: World;
let school: Actor;
let signed: JsonObject;
beforeAll(async () => {
  school = actor('school');
  on = world([school]);
  signed = await on.sign(school, badge(school, statusEntry(3)));
});

/** A member spelled with escapes is the same member. */
const escaped = (key: string) =>
  `"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${JSON.stringify(key.slice(1)).slice(1)}`;

/** The text with the member at this place written twice, the other value first or last. */
function* doubled(document: JsonObject): Generator<{ text: string; pointer: string }> {
  for (const { pointer, value } of places(document)) {
    if (!isObject(value)) continue;
    for (const key of Object.keys(value)) {
      const mark = 'MARK-OF-THE-PLACE';
      const copy = structuredClone(document);
      const target = pointer
        .split('/')
        .slice(1)
        .reduce<Json>((at, token) => (at as JsonObject)[token]!, copy) as JsonObject;
      const entries = Object.entries(target);
      for (const name of Object.keys(target)) delete target[name];
      for (const [name, item] of entries) {
        if (name === key) target[mark] = 0;
        target[name] = item;
      }
      const text = JSON.stringify(copy);
      for (const name of [JSON.stringify(key), escaped(key)]) {
        yield { text: text.replace(`"${mark}":0`, `${name}:"x"`), pointer };
        const after = text.replace(`"${mark}":0,`, '');
        const last = `${after.slice(0, -1)},${name}:"x"}`;
        if (pointer === '') yield { text: last, pointer };
      }
    }
  }
}

describe('JL-9 a member written twice', () => {
  it('is refused at every member of a badge, in every spelling, whichever comes first', async () => {
    let count = 0;
    for (const { text, pointer } of doubled(signed)) {
      expect(() => JSON.parse(text), 'JSON to everybody else').not.toThrow();
      expect(() => parseStrictJson(text), `${pointer} ${text.slice(0, 80)}`).toThrow('occurs twice');
      for (const input of [{ text }, { bytes: Buffer.from(text) }]) {
        const error = await on.verifier.verify(input).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(Problem);
        expect((error as Problem).kind).toBe('malformed-json');
      }
      count++;
    }
    console.log(`JL-9: ${count} texts with a member twice refused`);
    expect(count).toBeGreaterThan(90);
  });
});
