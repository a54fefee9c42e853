import type { CredentialRecord } from '#credentials';
import type { Release } from '#holders';
import { SIGNED, TOKEN } from '../http/documents.ts';
import type { Form } from '../http/forms.ts';
import { langInAddress } from '../http/site.ts';
import type { BadgePictures } from './badge-pictures.ts';
import { bakedForm } from './baked-forms.ts';
import type { CredentialPapers } from './papers.ts';

/** A credential as it was issued; `signed` is what is served. `release`: what its learner lets pages and papers say. */
export type IssuedCredential = CredentialRecord & { signed: string; release?: Release };

/** What the forms are made with. */
export interface FormMakers {
  /** What people see. */
  page: Form<IssuedCredential>['make'];
  pictures: BadgePictures;
  papers: CredentialPapers;
  specimen: boolean;
}

/**
 * Every form of a credential, in the order in which equally welcome ones are chosen: what programs ask for first, so that
 * one which takes anything gets the document. A further form is a further row, and its suffix in openapi.yaml.
 */
export function credentialForms({ page, pictures, papers, specimen }: FormMakers): readonly Form<IssuedCredential>[] {
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
    bakedForm('png', pictures, specimen),
    bakedForm('svg', pictures, specimen),
    {
      suffix: '.pdf',
      types: ['application/pdf'],
      cache: 'fresh',
      absent: hiddenFrom,
      make: (credential, request) => papers.certificate(credential, langInAddress(request) ?? 'en'),
    },
  ];
}

/** A paper or a picture shows the badge; only its signed text is there for whoever has a copy to check. */
export function hiddenFrom({ release }: IssuedCredential): string | undefined {
  return release?.page === 'hidden' ? 'its learner does not show this badge' : undefined;
}

/** The name of the badge as one of a file: letters and digits that every system knows. */
export function fileNameOf({ signed }: IssuedCredential): string {
  const { name, credentialSubject } = JSON.parse(signed) as { name?: unknown; credentialSubject?: unknown };
  const achievement = (credentialSubject as { achievement?: { name?: unknown } } | undefined)?.achievement;
  const plain = String(name ?? achievement?.name ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-');
  return plain.slice(0, 80).replaceAll(/^-|-$/g, '').toLowerCase() || 'badge';
}
