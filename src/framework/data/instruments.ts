/** Kinds of issuance that authorise something (framework 5.1): values of `kind` of a `legalInstrument`. */
export const INSTRUMENT_KINDS = [
  ...['RA', 'CMO', 'JMC', 'TesdaCircular', 'TesdaBoardResolution', 'PrcResolution', 'PrcMemorandumOrder'],
  ...['TableOfSpecifications', 'STCWCircular', 'PCAR', 'BorResolution', 'InstitutionalMemo'],
] as const;

/** An issuance, as cited. */
export interface LegalInstrument {
  kind: string;
  number?: string;
  /** Year. */
  series?: string;
  /** Day. */
  date?: string;
  url?: string;
}
