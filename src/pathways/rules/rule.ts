import { TEXT } from './members.ts';

export type * from '../rule-kind.ts';

/** Members of every node. `text` in both languages: what is asked of people must be readable for them. */
export const COMMON_PROPERTIES = {
  id: { type: 'string', pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$' },
  text: {
    type: 'object',
    additionalProperties: false,
    required: ['en', 'fil'],
    properties: { en: TEXT, fil: TEXT },
  },
  source: TEXT,
  binding: { type: 'string', enum: ['Mandatory', 'Advisory'] },
  realism: { type: 'string', enum: ['Published', 'Illustrative'] },
} as const;

/** Example nodes share this. */
export const EXAMPLE = {
  text: { en: 'Example', fil: 'Halimbawa' },
  source: 'Example',
  binding: 'Mandatory',
  realism: 'Illustrative',
} as const;
