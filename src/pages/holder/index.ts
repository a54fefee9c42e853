export { renderClaim } from './claim.ts';
export { renderMy } from './my.ts';
export type * from './views.ts';
