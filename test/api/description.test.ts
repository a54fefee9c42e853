import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { loadOpenApi } from '#api';

it('openapi.yaml is a valid OpenAPI 3.1 description, answers included', async () => {
  const result = await new Validator().validate(structuredClone(loadOpenApi().document) as never);
  expect(result.valid, JSON.stringify(result.errors, null, 2)).toBe(true);
});
