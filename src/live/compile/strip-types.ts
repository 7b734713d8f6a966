import { transform } from 'sucrase';

/** TypeScript to JavaScript by leaving the types out; every line stays where it is. */
export function stripTypes(source: string): string {
  return transform(source, {
    transforms: ['typescript'],
    disableESTransforms: true,
    production: true,
  }).code;
}
