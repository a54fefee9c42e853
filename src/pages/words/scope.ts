import type { DimensionName } from '#accreditation';
import type { Text } from '#kernel';

/** What each way to limit a grant is called. */
export const DIMENSION: Readonly<Record<DimensionName, Text>> = {
  awardType: { en: 'Kinds of award', fil: 'Mga uri ng gawad' },
  pqfLevelRange: { en: 'PQF level', fil: 'Antas sa PQF' },
  achievement: { en: 'Only these awards', fil: 'Ang mga gawad na ito lamang' },
  achievementVersion: { en: 'Only these versions', fil: 'Ang mga bersiyong ito lamang' },
  trainingRegulation: { en: 'Training regulations', fil: 'Mga regulasyon sa pagsasanay' },
  unitOfCompetency: { en: 'Units of competency', fil: 'Mga yunit ng kakayahan' },
  psced: { en: 'Fields of study (PSCED)', fil: 'Mga larangan ng pag-aaral (PSCED)' },
  profession: { en: 'Professions', fil: 'Mga propesyon' },
  psfSector: { en: 'Sectors of the skills framework', fil: 'Mga sektor sa balangkas ng kasanayan' },
  site: { en: 'Campuses or centres', fil: 'Mga kampus o sentro' },
  psgc: { en: 'Places (PSGC)', fil: 'Mga lugar (PSGC)' },
  participationMode: { en: 'Ways of taking part', fil: 'Mga paraan ng paglahok' },
  maxCredit: { en: 'At most', fil: 'Hindi hihigit sa' },
  learningRoute: { en: 'Routes of learning', fil: 'Mga ruta ng pagkatuto' },
};

/** Values that need words around them. */
export const SCOPE_TEXTS = {
  everyKind: { en: 'every kind of award', fil: 'bawat uri ng gawad' },
  levels: { en: '{from} to {to}', fil: '{from} hanggang {to}' },
  level: { en: '{from}', fil: '{from}' },
  versions: { en: 'versions {from} to {to}', fil: 'bersiyon {from} hanggang {to}' },
  version: { en: 'version {from}', fil: 'bersiyon {from}' },
  versionsFrom: { en: 'version {from} and later', fil: 'bersiyon {from} at mas bago' },
  versionsTo: { en: 'up to version {to}', fil: 'hanggang bersiyon {to}' },
  everyVersion: { en: 'every version', fil: 'bawat bersiyon' },
  startingWith: { en: 'codes beginning with {code}', fil: 'mga kodigong nagsisimula sa {code}' },
  edition: { en: 'edition {edition}', fil: 'edisyong {edition}' },
  noOther: { en: 'No other limit stated', fil: 'Walang ibang nakasaad na hangganan' },
  oneOf: { en: 'One of these:', fil: 'Isa sa mga ito:' },
  more: { en: 'and {count} more', fil: 'at {count} pa' },
  nothing: { en: 'Nothing: no scope is stated', fil: 'Wala: walang nakasaad na saklaw' },
} as const satisfies Record<string, Text>;
