/** The parts of an OpenAPI 3.1 document that the reference shows. */
export interface OpenApiView {
  info: {
    title: string;
    version: string;
    description?: string;
    'x-changes'?: readonly { version: string; date?: string; changes: readonly string[] }[];
  };
  paths: Record<string, Record<string, unknown>>;
  tags?: readonly { name: string; description?: string }[];
  components?: { schemas?: Record<string, unknown> };
}

export interface OperationView {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media>; $ref?: string };
  responses?: Record<string, { description?: string; content?: Record<string, unknown>; $ref?: string }>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: unknown;
  $ref?: string;
}

export interface Media {
  schema?: unknown;
  example?: unknown;
  examples?: Record<string, { value?: unknown }>;
}

export interface Row {
  path: string;
  method: string;
  operation: OperationView;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export const rowsOf = (spec: OpenApiView): Row[] =>
  Object.entries(spec.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method]).map((method) => ({
      ...{ path, method },
      operation: methods[method] as OperationView,
    })),
  );

/** Follows one local reference (`#/components/...`); anything else is returned as it is. */
export function deref<T extends { $ref?: string }>(value: T, spec: OpenApiView): T {
  if (!value.$ref?.startsWith('#/')) return value;
  let at: unknown = spec;
  for (const token of value.$ref.slice(2).split('/')) at = (at as Record<string, unknown> | undefined)?.[token];
  return (at as T | undefined) ?? value;
}

export const exampleOf = ({ example, examples }: Media): unknown => example ?? Object.values(examples ?? {})[0]?.value;
