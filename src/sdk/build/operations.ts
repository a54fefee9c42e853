import type { Operation, Operations } from '../client/operation.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
}
interface Described {
  operationId: string;
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: Record<string, unknown> } | Reference;
  responses: Record<string, { content?: Record<string, unknown> } | Reference>;
}
interface Reference {
  $ref: string;
}
/** As much of an OpenAPI document as is read. */
export interface OpenApi {
  info: { version: string };
  paths: Record<string, Record<string, unknown>>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Pages, what is sent from them, and what they are made of: for browsers, not for programs. */
const FOR_PEOPLE = /^(?:text\/html|text\/css)$/;

/** The table of the client, from openapi.yaml. @throws Error for what it has no words for */
export function operationsOf(api: OpenApi): Operations {
  const all = Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): [string, Operation][] => {
      const described = item[method] as Described | undefined;
      if (!described) return [];
      const shared = (item.parameters ?? []) as Parameter[];
      const operation = operationOf(api, path, method, described, shared);
      return operation ? [[described.operationId, operation]] : [];
    }),
  );
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @returns undefined for what answers with pages only */
function operationOf(
  api: OpenApi,
  path: string,
  method: (typeof METHODS)[number],
  described: Described,
  shared: readonly Parameter[],
): Operation | undefined {
  const good = Object.entries(described.responses).filter(([status]) => status.startsWith('2'));
  const answers = good.flatMap(([, one]) => Object.keys(read<{ content?: object }>(api, one).content ?? {}));
  const forms = Object.keys(read<{ content?: object }>(api, described.requestBody ?? {}).content ?? {});
  if (good.length === 0 || (answers.length > 0 && answers.every((type) => FOR_PEOPLE.test(type)))) return undefined;
  const parameters = [...shared, ...(described.parameters ?? [])].map((one) => read<Parameter>(api, one));
  for (const { name, in: place } of parameters) {
    if (!['path', 'query', 'header'].includes(place)) throw new Error(`${described.operationId}: ${name} in ${place}`);
  }
  const body = read<{ required?: boolean }>(api, described.requestBody ?? {});
  const named = parameters.filter(({ name }) => name !== 'Idempotency-Key');
  const needed = named.filter(({ required }) => required).map(({ name }) => name);
  return {
    method: method.toUpperCase() as Operation['method'],
    path,
    parameters: Object.fromEntries(parameters.map(({ name, in: place }) => [name, place as 'path'])),
    required: body.required ? [...needed, 'body'] : needed,
    ...(forms.length > 0 ? { body: jsonFirst(forms) } : {}),
    accept: jsonFirst(answers),
    ...(parameters.length !== named.length ? { idempotent: true as const } : {}),
    ...(isPaged(api, good[0]![1], parameters) ? { paged: true as const } : {}),
  };
}

/** What a program reads first: a credential as it is signed, JSON of other kinds, then the rest as it is written. */
function jsonFirst(types: readonly string[]): string[] {
  const rank = (type: string) => (/^application\/(?:vc|json|did)$/.test(type) ? 0 : /\bjson$/.test(type) ? 1 : 2);
  return [...new Set(types)].filter((type) => !FOR_PEOPLE.test(type)).sort((a, b) => rank(a) - rank(b));
}

function isPaged(api: OpenApi, answer: unknown, parameters: readonly Parameter[]): boolean {
  const content = read<{ content?: Record<string, { schema?: { properties?: object } }> }>(api, answer).content ?? {};
  const schema = read<{ properties?: object }>(api, content['application/json']?.schema ?? {});
  const { properties = {} } = schema;
  return parameters.some(({ name }) => name === 'cursor') && 'items' in properties && 'next' in properties;
}

function read<T>(api: OpenApi, one: unknown): T {
  const { $ref } = one as Partial<Reference>;
  if ($ref === undefined) return one as T;
  const steps = $ref.slice(2).split('/');
  return read(
    api,
    steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step.replaceAll('~1', '/')], api),
  );
}
