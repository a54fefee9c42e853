import type { CredentialRecord } from '#credentials';
import { SIGNED, TOKEN } from '../http/documents.ts';
import type { Form } from '../http/forms.ts';

/** A credential as it was issued; `signed` is what is served. */
export type IssuedCredential = CredentialRecord & { signed: string };

/**
 * Every form of a credential, in the order in which equally welcome ones are chosen: what programs ask for first, so that
 * one which takes anything gets the document. A further form is a further row, and its suffix in openapi.yaml.
 * @param page what people see
 */
export function credentialForms(page: Form<IssuedCredential>['make']): readonly Form<IssuedCredential>[] {
  return [
    {
      suffix: '.json',
      types: SIGNED,
      // Who opens a file `.json` wants a type that everything knows.
      typesAtSuffix: [...SIGNED].reverse(),
      cache: 'fresh',
      make: ({ signed }) => signed,
    },
    { types: ['text/html'], cache: 'fresh', make: page },
    {
      suffix: '.jwt',
      types: TOKEN,
      cache: 'fresh',
      absent: ({ jwt }) => (jwt === undefined ? 'this credential was not signed as a token' : undefined),
      make: ({ jwt }) => jwt!,
    },
  ];
}
