import { createRequire } from 'node:module';
import { _, Ajv2020, type AnySchemaObject, type Options } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { readDecision } from '#equivalences';
import { phDocumentErrors } from '#framework';
import { sha256Hex } from '#kernel';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import { evaluate } from '../offline/evaluate.ts';
import { offlineVerifier } from '../offline/verifier.ts';
import { TatakProblem } from '../problem.ts';

/**
 * Ajv makes a function of a schema where it is used, by `new Function`, which a page with a content security policy forbids. So
 * the functions are made here, by Ajv itself, and are handed out by a class of its name. A schema that was not made ready is
 * refused with an error: no check goes on without it.
 */
export async function readySchemas(): Promise<string> {
  const parts = new Map<string, string>();
  const made = (await recorded()).map(([schema, options]) => {
    const key = JSON.stringify(sha256Hex(nameOf(schema, options)));
    return `${key}: (formats) => { const module = { exports: {} }; ${codeOf(schema, options, parts)}; return module.exports; }`;
  });
  // Modules of CommonJS, whichever way the bundler gives their one function.
  const imports = [...parts].map(
    ([path, name]) => `import * as ${name}_ from ${JSON.stringify(path)};
    const ${name} = ${name}_.default?.default ? ${name}_.default : ${name}_;`,
  );
  return `import { hash } from 'node:crypto';
    ${imports.join('\n')}
    const made = { ${made.join(',\n')} };
    export class Ajv2020 {
      constructor(options) { this.all = Boolean(options.allErrors); this.formats = { ...options.formats }; }
      addFormat(name, format) { this.formats[name] = format; }
      compile(schema) {
        const make = made[hash('sha256', JSON.stringify([schema, this.all]), 'hex')];
        if (!make) throw new Error('a schema that was not made ready when this package was built');
        return make(this.formats);
      }
    }`;
}

type Found = [schema: AnySchemaObject, options: Options];

const nameOf = (schema: AnySchemaObject, { allErrors }: Options): string =>
  JSON.stringify([schema, Boolean(allErrors)]);

const { resolve } = createRequire(import.meta.url);

/**
 * Formats are those of whoever compiles it.
 * @param parts path and name of what it needs of Ajv's own; added to
 */
function codeOf(schema: AnySchemaObject, options: Options, parts: Map<string, string>): string {
  const { formats, strict, allErrors, verbose, ownProperties, strictRequired, strictTypes, strictTuples } = options;
  const kept = { formats, strict, allErrors, verbose, ownProperties, strictRequired, strictTypes, strictTuples };
  const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  const ajv = new Ajv2020({ ...given, ...SHORT, code: { source: true, formats: _`formats` } });
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  return code.replace(/require\("([^"]+)"\)/g, (_all, name: string) => {
    const path = resolve(name);
    if (!parts.has(path)) parts.set(path, `part${parts.size}`);
    return parts.get(path)!;
  });
}

/** The same errors by fewer lines. */
const SHORT = { inlineRefs: false, loopRequired: 2, loopEnum: 2 } as const;

/** What is compiled when everything that a client does is done once. */
async function recorded(): Promise<Found[]> {
  const found = new Map<string, Found>();
  const { compile } = Ajv2020.prototype;
  Ajv2020.prototype.compile = function (this: Ajv2020, schema: AnySchemaObject, meta?: boolean) {
    const options = { ...this.opts, formats: this.formats } as Options;
    found.set(nameOf(schema, options), [schema, options]);
    return compile.call(this, schema, meta);
  } as typeof compile;
  try {
    await everything();
  } finally {
    Ajv2020.prototype.compile = compile;
  }
  return [...found.values()];
}

async function everything(): Promise<void> {
  // 1. A document of each kind. Learner records need a context that only a service adds, and are unknown before this.
  const { verifier } = offlineVerifier({});
  for (const type of ['OpenBadgeCredential', 'EndorsementCredential']) {
    const document = { '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3], type: ['VerifiableCredential', type] };
    await verifier.verify({ document });
  }
  phDocumentErrors({ type: ['PhCredential'], credentialSubject: { achievement: { type: ['PhAchievement'] } } });
  // 2. A pathway of each form, and what is held against it.
  const pathway = {
    id: 'https://specimen.example/',
    name: 'SPECIMEN',
    version: '1',
    conferrer: 'did:web:specimen.example',
  };
  const published = { type: ['PhPathwayCredential'], credentialSubject: { ...pathway, stackingRule: {} } };
  for (const one of [{ ...pathway, root: {} }, published]) {
    const refused = refusalOf(() => evaluate({ pathway: one, holdings: [], date: '2026-01-01' }));
    // The rules are looked at last: whoever is refused there has passed all the others.
    if (!refused?.pointer?.endsWith('/kind')) throw new Error(`not all schemas were asked: ${refused?.message}`);
  }
  readDecision({ type: ['PhEquivalenceCredential'], credentialSubject: {} });
}

function refusalOf(work: () => unknown): TatakProblem | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof TatakProblem) return error;
    throw error;
  }
}
