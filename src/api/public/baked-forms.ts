import type { FastifyRequest } from 'fastify';
import { fitsSvg } from '#documents';
import { Problem } from '#kernel';
import type { Form } from '../http/forms.ts';
import { type BadgePictures, PICTURE_TYPES, type PictureKind, picturedIn } from './badge-pictures.ts';
import { hiddenFrom, type IssuedCredential } from './credential-forms.ts';

/**
 * The badge inside its picture (Open Badges 3.0, 5.3): with the embedded proof, or as the token where `proof=jwt` asks for
 * it. One that was revoked is baked as any other: its status says so, whichever form is read.
 */
export function bakedForm(kind: PictureKind, pictures: BadgePictures, specimen: boolean): Form<IssuedCredential> {
  return {
    suffix: `.${kind}`,
    types: [PICTURE_TYPES[kind]],
    cache: 'fresh',
    absent: (credential) =>
      hiddenFrom(credential) ??
      (kind === 'png' || fitsSvg(credential.signed) ? undefined : 'its text cannot stand in an SVG'),
    make: (credential, request) =>
      pictures.baked(picturedIn(credential, specimen), kind, bakedText(credential, request)),
  };
}

function bakedText({ signed, jwt }: IssuedCredential, { query }: FastifyRequest): string {
  if ((query as { proof?: string }).proof !== 'jwt') return signed;
  if (jwt === undefined) throw new Problem('not-found', 'this credential was not signed as a token');
  return jwt;
}
