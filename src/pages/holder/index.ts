export { renderClaim } from './claim.ts';
export type { MyConnection } from './connections.ts';
export type { GoingToHost, MyHost } from './hosts.ts';
export { renderMy } from './my.ts';
export type * from './views.ts';
