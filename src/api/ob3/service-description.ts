import { OAUTH_PATHS, OB_SCOPES } from '#oauth';
import type { OpenApiDocument } from '../http/openapi.ts';
import { HOST_PATH } from './errors.ts';

type Json = Record<string, unknown>;

/** What openapi.yaml, whose parameters are texts, cannot say of them. */
const PARAMETER_SCHEMAS: Readonly<Record<string, Json>> = {
  limit: { type: 'integer', format: 'int32', minimum: 1 },
  offset: { type: 'integer', format: 'int32', minimum: 0 },
  since: { type: 'string', format: 'date-time' },
};

const SCOPES: Readonly<Record<string, string>> = {
  [OB_SCOPES.readCredentials]: 'Permission to read the badges of the learner who agreed.',
  [OB_SCOPES.upsertCredentials]: 'Permission to add badges for that learner, or to replace them.',
  [OB_SCOPES.readProfile]: 'Permission to read the profile of that learner.',
  [OB_SCOPES.updateProfile]: 'Permission to change the profile of that learner.',
};

/**
 * The Service Description Document (OB 3.0, 6.3): the operations of openapi.yaml below the base address, as OpenAPI 3.0, with
 * everything that they refer to and nothing else, and how to register and get tokens.
 */
export function serviceDescription(document: OpenApiDocument, publicUrl: string, title: string): object {
  const paths = structuredClone(
    Object.fromEntries(
      Object.entries(document.paths)
        .filter(([path]) => path.startsWith(`${HOST_PATH}/`))
        .map(([path, item]) => [path.slice(HOST_PATH.length), item]),
    ),
  );
  const components: Record<string, Json> = {};
  collect(paths, document, components);
  const privacy = `${publicUrl}/privacy`;
  return {
    openapi: '3.0.1',
    info: {
      ...{ title, version: '3.0', description: 'Open Badges 3.0 API: badges and profile of a learner who agreed.' },
      ...{ termsOfService: privacy, 'x-imssf-privacyPolicyUrl': privacy },
      'x-imssf-image': `${publicUrl}/assets/mark.svg`,
    },
    servers: [{ url: publicUrl + HOST_PATH }],
    tags: [...new Set(operationsOf(paths).flatMap(({ tags }) => tags as string[]))].map((name) => ({ name })),
    paths,
    components: {
      ...components,
      securitySchemes: {
        OAuth2ACG: {
          type: 'oauth2',
          description: 'OAuth 2.0 authorization code grant with PKCE (S256).',
          'x-imssf-name': title,
          'x-imssf-privacyPolicyUrl': privacy,
          'x-imssf-termsOfServiceUrl': privacy,
          'x-imssf-registrationUrl': publicUrl + OAUTH_PATHS.platformRegistration,
          // Not named by the standard, which has no place for it.
          'x-revocationUrl': publicUrl + OAUTH_PATHS.platformRevocation,
          flows: {
            authorizationCode: {
              authorizationUrl: publicUrl + OAUTH_PATHS.authorization,
              tokenUrl: publicUrl + OAUTH_PATHS.token,
              refreshUrl: publicUrl + OAUTH_PATHS.token,
              scopes: SCOPES,
            },
          },
        },
      },
    },
  };
}

const operationsOf = (paths: Record<string, Json>) =>
  Object.values(paths).flatMap((item) =>
    Object.values(item).filter((one): one is Json => typeof one === 'object' && one !== null && 'operationId' in one),
  );

/** Copies every component that `value` refers to, and says of parameters what they are. */
function collect(value: unknown, document: OpenApiDocument, components: Record<string, Json>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, document, components);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const { $ref, in: place, name } = value as { $ref?: string; in?: string; name?: string };
  if (place === 'query' && name !== undefined) (value as Json).schema = PARAMETER_SCHEMAS[name];
  if ($ref !== undefined) {
    const [kind = '', component = ''] = $ref.split('/').slice(2);
    components[kind] ??= {};
    const group = components[kind];
    if (component in group) return;
    const copy = structuredClone(document.components[kind]?.[component]);
    group[component] = copy;
    collect(copy, document, components);
    return;
  }
  for (const member of Object.values(value)) collect(member, document, components);
}
