import { deref, exampleOf, type OpenApiView, type Parameter, type Row } from './model.ts';

/**
 * What a programmer copies: each runs once `TATAK`, the secret and what the address names are set, and the body names things of
 * theirs instead of those of the example.
 */
export interface Examples {
  curl: string;
  typescript: string;
  python: string;
}

interface Asked {
  row: Row;
  /** What has to be known beforehand: of the path, and of the query where it is required. */
  path: readonly string[];
  query: readonly string[];
  /** Variable that holds what opens it: a key, or the token of a platform that a learner let in; none where anybody may. */
  secret: string | undefined;
  idempotent: boolean;
  /** Media type of the body. */
  type?: string;
  body?: unknown;
  /** What is read. */
  accept: string;
}

/**
 * @returns undefined where only pages are answered, the body is a form that people fill in, or it is what only a browser can
 *   make (a passkey): then there is no example of it
 */
export function examplesOf(row: Row, spec: OpenApiView): Examples | undefined {
  const { operation } = row;
  const parameters = (operation.parameters ?? []).map((one) => deref(one, spec));
  const answers = Object.entries(operation.responses ?? {})
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, one]) => Object.keys(deref(one, spec).content ?? {}));
  const accept = answers.find((type) => /json$/.test(type)) ?? answers.find((type) => type !== 'text/html');
  const forms = operation.requestBody ? deref(operation.requestBody, spec).content : {};
  const type = ['application/json', 'text/csv', 'image/png', 'application/x-www-form-urlencoded'].find((one) =>
    Object.hasOwn(forms, one),
  );
  const pagesOnly = answers.length > 0 && accept === undefined;
  const given = type === undefined ? undefined : exampleOf(forms[type]!);
  const unknown = type === 'application/json' && given === undefined && asksMembers(forms[type]!.schema, spec);
  if (pagesOnly || unknown || (Object.keys(forms).length > 0 && type === undefined)) return undefined;
  const names = (place: string, all: boolean) =>
    parameters.filter((one) => one.in === place && (all || one.required)).map(({ name }) => name);
  const asked: Asked = {
    ...{ row, path: names('path', true), query: names('query', false) },
    secret: secretOf(operation),
    idempotent: parameters.some(isIdempotencyKey),
    ...(type === undefined ? {} : { type, body: given ?? {} }),
    accept: accept ?? 'application/json',
  };
  return { curl: curl(asked), typescript: typescript(asked), python: python(asked) };
}

function secretOf({ security }: Row['operation']): string | undefined {
  if (security?.length === 0) return undefined;
  return security?.some((one) => Object.hasOwn(one as object, 'OAuth2ACG')) ? 'ACCESS_TOKEN' : 'TATAK_API_KEY';
}

const asksMembers = (schema: unknown, spec: OpenApiView): boolean =>
  (deref((schema ?? {}) as { $ref?: string; required?: string[] }, spec).required ?? []).length > 0;

const isIdempotencyKey = ({ name }: Parameter) => name.toLowerCase() === 'idempotency-key';

/** `credentialId` as a shell or environment variable: `CREDENTIAL_ID`. */
export const upper = (name: string): string => name.replace(/[A-Z]/g, '_$&').replaceAll('-', '_').toUpperCase();

const FILES: Readonly<Record<string, string>> = { 'text/csv': 'class-list.csv', 'image/png': 'picture.png' };

function address({ row, path, query }: Asked, of: (name: string) => string): string {
  const filled = path.reduce((text, name) => text.replace(`{${name}}`, of(name)), row.path);
  return query.length === 0 ? filled : `${filled}?${query.map((name) => `${name}=${of(name)}`).join('&')}`;
}

function curl(asked: Asked): string {
  const { row, secret, idempotent, type, body, accept } = asked;
  const url = `"$TATAK${address(asked, (name) => `$${upper(name)}`)}"`;
  const file = type === undefined ? undefined : FILES[type];
  const method = row.method.toUpperCase();
  const lines = [
    `curl -s ${method === (type === undefined ? 'GET' : 'POST') ? '' : `-X ${method} `}${url}`,
    ...(secret === undefined ? [] : [`-H "authorization: Bearer $${secret}"`]),
    `-H 'accept: ${accept}'`,
    ...(idempotent ? ['-H "idempotency-key: $(date +%s)-$RANDOM"'] : []),
    ...(type === undefined ? [] : [`-H 'content-type: ${type}'`]),
    ...(type === undefined ? [] : [dataOf(type, body, file)]),
  ];
  return lines.join(' \\\n  ');
}

function dataOf(type: string, body: unknown, file: string | undefined): string {
  if (file !== undefined) return `--data-binary @${file}`;
  if (type === 'application/json') return `-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`;
  const members = Object.entries((body ?? {}) as Record<string, unknown>);
  return members.length === 0 ? "-d ''" : members.map(([k, v]) => `--data-urlencode '${k}=${v}'`).join(' \\\n  ');
}

function typescript(asked: Asked): string {
  const { row, path, query, secret, type, body } = asked;
  const file = type === undefined ? undefined : FILES[type];
  const members = [
    ...[...path, ...query].map((name) => `${/^\w+$/.test(name) ? name : `'${name}'`}: env.${upper(name)}!`),
    ...(type === undefined
      ? []
      : [`body: ${file === undefined ? JSON.stringify(body, null, 2) : `await readFile('${file}')`}`]),
  ];
  const args = members.length === 0 ? '' : `{\n${members.map((one) => `${indent(one)},`).join('\n')}\n}`;
  return `${file === undefined ? '' : "import { readFile } from 'node:fs/promises';\n"}import { env } from 'node:process';
import { createClient } from '@tatak/sdk/client';

const tatak = createClient({ baseUrl: env.TATAK!${secret === undefined ? '' : `, token: env.${secret}!`} });
console.log(await tatak.${row.operation.operationId}(${args}));`;
}

const indent = (text: string): string => text.replace(/^/gm, '  ');

function python(asked: Asked): string {
  const { row, secret, idempotent, type, body, accept } = asked;
  const file = type === undefined ? undefined : FILES[type];
  const url = `os.environ["TATAK"] + f"${address(asked, (name) => `{os.environ['${upper(name)}']}`)}"`;
  const headers = [
    `"accept": "${accept}"`,
    ...(secret === undefined ? [] : [`"authorization": "Bearer " + os.environ["${secret}"]`]),
    ...(idempotent ? ['"idempotency-key": str(uuid.uuid4())'] : []),
    ...(type === undefined ? [] : [`"content-type": "${type}"`]),
  ];
  const data =
    file !== undefined
      ? `open("${file}", "rb").read()`
      : type === 'application/json'
        ? 'json.dumps(body).encode()'
        : 'urllib.parse.urlencode(body).encode()';
  const modules = ['json', 'os', ...(idempotent ? ['uuid'] : [])].join(', ');
  const form = type === 'application/x-www-form-urlencoded';
  return `import ${modules}${form ? ', urllib.parse' : ''}, urllib.request

${type === undefined || file !== undefined ? '' : `body = ${literal(body)}\n`}request = urllib.request.Request(
    ${url},
    method="${row.method.toUpperCase()}",
    headers={
${headers.map((one) => `        ${one},`).join('\n')}
    },${type === undefined ? '' : `\n    data=${data},`}
)
with urllib.request.urlopen(request) as answer:
    print(answer.read().decode())`.replace(
    'import json, os',
    type === 'application/json' ? 'import json, os' : 'import os',
  );
}

/** A JSON value as Python writes it. */
function literal(value: unknown, at = ''): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = `${at}    `;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((one) => literal(one, inner))]
    : ['{', '}', Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${literal(one, inner)}`)];
  if (parts.length === 0) return open + close;
  return `${open}\n${parts.map((one) => `${inner}${one},`).join('\n')}\n${at}${close}`;
}
