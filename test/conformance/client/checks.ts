import { api } from './areas/api.ts';
import { dataModel } from './areas/data-model.ts';
import { jose } from './areas/jose.ts';
import { presentations } from './areas/presentations.ts';
import { proofs } from './areas/proofs.ts';
import { statusLists } from './areas/status.ts';
import { suites } from './areas/suites.ts';
import type { Check } from './check.ts';

export const checks: readonly Check[] = [
  ...dataModel,
  ...suites,
  ...proofs,
  ...presentations,
  ...jose,
  ...statusLists,
  ...api,
];
