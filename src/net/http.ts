/**
 * `request` of node:http. Not imported by name: that reads every export of the module, and some of them load the platform's
 * `fetch`, which nothing here uses (60 ms of a start).
 */
export const { request } = process.getBuiltinModule('node:http');
