/** Loaded before a program of a test, finds the modules of the service as `main.ts` does: a fifth of loading them. */
import { nameOwnModules } from '../../src/app/own-modules.ts';

nameOwnModules();
