/**
 * Reads hostile documents in a process hardened as the service is: prototypes closed against additions, and every member of them compared before and after. Prints how many documents were read and which prototypes were changed.
 */
import { isDeepStrictEqual } from 'node:util';
import { Problem, parseStrictJson, schemaCheck } from '#kernel';
import { hardenPrototypes } from '#proofs';
import { places } from '../support/mutations.ts';
import { actor, badge, world } from '../verifier/world.ts';

const WORDS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'];
const school = actor('school');
const on = world([school]);
const signed = await on.sign(school, badge(school));
// Everything that is compiled at first use is compiled now.
await on.verifier.verify({ document: signed });

const prototypes: [string, object][] = [
  Object,
  Array,
  String,
  Number,
  Boolean,
  Function,
  Date,
  RegExp,
  Map,
  Set,
  Promise,
  Error,
].map((one) => [one.name, one.prototype as object]);
const picture = () =>
  prototypes.flatMap(([name, one]) =>
    Reflect.ownKeys(one).map((key) => {
      const { value, get, set } = Object.getOwnPropertyDescriptor(one, key)!;
      return { name: `${name}.${String(key)}`, value, get, set };
    }),
  );
const before = picture();
hardenPrototypes();

const read = schemaCheck({ type: 'object', additionalProperties: false, properties: { name: { type: 'string' } } });
let [documents, crashed] = [0, 0];
const attempt = async (text: string): Promise<void> => {
  documents++;
  try {
    read(parseStrictJson(text));
    await on.verifier.verify({ text });
  } catch (error) {
    if (!(error instanceof Problem)) {
      crashed++;
      console.error(error instanceof Error ? error.stack : error, text.slice(-900));
    }
  }
};
for (const { pointer, value } of places(signed)) {
  const mark = '"MARK-OF-THE-PLACE"';
  const copy = structuredClone(signed);
  const path = pointer.split('/').slice(1);
  const parent = path.slice(0, -1).reduce((at, key) => (at as never)[key], copy as never) as unknown as Record<
    string,
    unknown
  >;
  if (path.length > 0) parent[path.at(-1)!] = JSON.parse(mark);
  const text = JSON.stringify(copy);
  for (const word of WORDS) {
    if (path.length > 0) await attempt(text.replace(mark, JSON.stringify(word)));
    if (path.length > 0) await attempt(text.replace(mark, `{${JSON.stringify(word)}:{"polluted":true}}`));
    if (typeof value === 'object' && !Array.isArray(value) && path.length > 0) {
      await attempt(
        text.replace(mark, `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(word)}:{"polluted":true}}`),
      );
    }
  }
}
const after = picture();
const changed = before.length !== after.length || before.some((one, at) => !isDeepStrictEqual(one, after[at]));
const good = await on.verifier.verify({ document: signed });
const polluted = ({} as { polluted?: unknown }).polluted !== undefined;
console.log(JSON.stringify({ documents, crashed, changed, polluted, verdict: good.verdict }));
process.exit(0);
