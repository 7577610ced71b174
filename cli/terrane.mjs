#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/program/main.js', import.meta.url);
if (existsSync(fileURLToPath(program))) {
  await import(program.href);
} else {
  console.error('terrane: not built yet; run `npm run build` in the folder of Terrane (after `npm ci`)');
  process.exitCode = 1;
}
