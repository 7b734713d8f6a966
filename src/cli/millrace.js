#!/usr/bin/env node
import { loadTypeScript } from './load-typescript.js';

await loadTypeScript('src/cli/main.ts');
