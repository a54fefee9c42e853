export { renderRequestForm } from './form.ts';
export { renderRequest } from './page.ts';
export type * from './views.ts';
