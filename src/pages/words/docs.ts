import type { Text } from '#kernel';

/** Words of the API reference; names and descriptions of operations are English. */
export const DOCS = {
  examples: { en: 'How it is asked', fil: 'Paano ito hinihingi' },
  variables: {
    en: 'TATAK is the address of the service, TATAK_API_KEY a key; what the address names is a variable of the same name. Ids and addresses in a body are made up: put yours.',
    fil: 'TATAK ang address ng serbisyo, TATAK_API_KEY ang isang key; variable na may parehong pangalan ang anumang pinapangalanan ng address. Halimbawa lamang ang mga id at address sa body: palitan ng sa inyo.',
  },
  parameters: { en: 'Parameters', fil: 'Mga parameter' },
  body: { en: 'Body', fil: 'Laman (body)' },
  answers: { en: 'Answers', fil: 'Mga sagot' },
  all: { en: 'All operations', fil: 'Lahat ng operasyon' },
  problems: { en: 'Problems and what to do', fil: 'Mga problema at ang gagawin' },
  begin: { en: 'To begin', fil: 'Upang magsimula' },
  beginText: {
    en: 'Whoever runs the service makes an institution and its keys. Each operation has a page; where programs use it, with an example in curl, TypeScript and Python that runs once your own ids are in it.',
    fil: 'Ang nagpapatakbo ng serbisyo ang gumagawa ng institusyon at ng mga key nito. May pahina ang bawat operasyon; kung ginagamit ito ng mga program, may halimbawa sa curl, TypeScript at Python na gumagana kapag nailagay na ang sarili ninyong mga id.',
  },
  changes: { en: 'Changes of the API', fil: 'Mga pagbabago sa API' },
  changesLead: {
    en: 'Within a version only things are added: operations, members of answers, optional members of requests. What would break a program gets a new version.',
    fil: 'Sa loob ng isang bersiyon, nagdaragdag lamang: mga operasyon, member ng sagot, opsiyonal na member ng kahilingan. Bagong bersiyon ang anumang makasisira ng program.',
  },
  notReleased: { en: 'not released yet', fil: 'hindi pa nailalabas' },
} satisfies Record<string, Text>;
